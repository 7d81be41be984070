-- The alerts that a digest lists: those still open, and of these the severest, first.
SELECT a.id, a.rule_id, a.rule_name, a.title, a.scenario, a.severity, a.summary, a.state, a.opened_at, a.count
FROM delivery AS d INDEXED BY delivery_told_in JOIN notification AS n ON n.id = d.notification JOIN alert AS a ON a.seq = n.alert
WHERE d.told_in = :notification GROUP BY a.seq ORDER BY a.state = 'resolved', a.severity DESC, a.seq LIMIT :limit;
