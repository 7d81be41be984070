-- A finding that the store accepted.
INSERT INTO alert (id, dedup_key, rule_id, rule_name, title, scenario, severity, summary, state, opened_at, first_event_at, last_event_at, count, test,
    repeat_window, data, unsilenceable)
VALUES (:id, :dedup_key, :rule_id, :rule_name, :title, :scenario, :severity, :summary, :state, :opened_at, :first_event_at,
    :last_event_at, :count, :test, :repeat_window, :data, :unsilenceable);
