-- Alerts, as the chain covers them.
SELECT seq, id, dedup_key, rule_id, rule_name, title, scenario, severity, summary, state, opened_at, first_event_at, last_event_at,
    count, test, repeat_window, data, unsilenceable, told_count, told_at
FROM alert WHERE seq >= :first ORDER BY seq;
