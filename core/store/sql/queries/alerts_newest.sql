-- The list of alerts, newest first.
SELECT id, dedup_key, rule_id, rule_name, title, scenario, severity, summary, state, opened_at, first_event_at, last_event_at, count, test,
    repeat_window, data, unsilenceable, told_count, told_at, suppressed_by
FROM alert
WHERE opened_at >= :from AND opened_at < :to AND severity >= :minimum
    AND (:rule = '' OR rule_id = :rule OR rule_name = :rule) AND (:state = '' OR state = :state)
    AND (:suppressed IS NULL OR (suppressed_by IS NOT NULL) = :suppressed)
ORDER BY opened_at DESC, seq DESC LIMIT :limit;
