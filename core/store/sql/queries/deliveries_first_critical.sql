-- The first word about a critical alert, or about one that no rule lets hide: never part of a digest.
SELECT d.id, d.notification, d.destination, d.webhook_id, d.state, d.attempts, coalesce(d.renewed_at, d.created_at), d.due_at, d.lease_until,
    a.id, n.type, n.body, d.severity, d.last_answer, (SELECT m.id FROM mute AS m WHERE m.number = d.muted_by),
    (SELECT told.webhook_id FROM delivery AS told WHERE told.notification = d.told_in AND told.destination = d.destination)
FROM delivery AS d INDEXED BY delivery_waiting JOIN notification AS n ON n.id = d.notification JOIN alert AS a ON a.seq = n.alert
WHERE d.destination = :destination AND d.state IN ('due', 'leased') AND d.state = 'due' AND d.due_at <= :now AND d.severity = 4 AND n.type = 'alert.opened'
ORDER BY d.id LIMIT :limit;
