-- What came of a drill, oldest first.
SELECT id, dedup_key, rule_id, rule_name, title, scenario, severity, summary, state, opened_at, first_event_at, last_event_at, count, test,
    repeat_window, data, unsilenceable, told_count, told_at, suppressed_by
FROM alert INDEXED BY alert_drill WHERE drill = :drill ORDER BY seq LIMIT :limit;
