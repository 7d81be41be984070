-- Is this finding a repeat? The newest alert about the same thing.
SELECT id, dedup_key, rule_id, rule_name, title, scenario, severity, summary, state, opened_at, first_event_at, last_event_at, count, test,
    repeat_window, data, unsilenceable, told_count, told_at, suppressed_by
FROM alert WHERE dedup_key = :dedup_key ORDER BY opened_at DESC, seq DESC LIMIT 1;
