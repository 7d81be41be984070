-- Was this event told of under this key already? A revision must not be told twice.
SELECT a.id, a.dedup_key, a.rule_id, a.rule_name, a.title, a.scenario, a.severity, a.summary, a.state, a.opened_at, a.first_event_at,
    a.last_event_at, a.count, a.test, a.repeat_window, a.data, a.unsilenceable, a.told_count, a.told_at, a.suppressed_by
FROM alert_event AS l JOIN alert AS a ON a.seq = l.alert
WHERE l.event = :event AND a.dedup_key = :dedup_key ORDER BY a.seq DESC LIMIT 1;
