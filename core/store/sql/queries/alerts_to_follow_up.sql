-- Alerts that nobody has acknowledged and that somebody was told of, the oldest first; without those that are at the end of the chain or
-- were reminded of often enough, and those that were followed up a moment ago.
SELECT id, dedup_key, rule_id, rule_name, title, scenario, severity, summary, state, opened_at, first_event_at, last_event_at, count, test,
    repeat_window, data, unsilenceable, told_count, told_at, suppressed_by
FROM alert AS a INDEXED BY alert_unacknowledged
WHERE a.state = 'open' AND a.test = 0 AND a.opened_at >= :since AND a.opened_at <= :until AND a.severity >= :minimum
    AND EXISTS (
        SELECT 1 FROM notification AS n JOIN delivery AS d ON d.notification = n.id
        WHERE n.alert = a.seq AND d.state <> 'muted' AND (:first = '' OR d.destination = :first))
    AND NOT EXISTS (
        SELECT 1 FROM notification AS n JOIN follow_up AS f ON f.notification = n.id
        WHERE n.alert = a.seq AND f.kind = :kind AND (f.at > :until OR f.to_destination = :last OR f.step >= :most))
ORDER BY a.opened_at LIMIT :limit;
