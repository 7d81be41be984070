-- Alerts whose count grew after it was told, the longest ago first.
SELECT id, dedup_key, rule_id, rule_name, title, scenario, severity, summary, state, opened_at, first_event_at, last_event_at, count, test,
    repeat_window, data, unsilenceable, told_count, told_at, suppressed_by
FROM alert INDEXED BY alert_untold WHERE count > told_count AND state <> 'resolved' AND told_at <= :before ORDER BY told_at LIMIT :limit;
