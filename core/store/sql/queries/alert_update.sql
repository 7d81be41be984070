-- One more event, a raised severity, or a person's word. Rule and summary follow the severest finding.
UPDATE alert SET rule_id = :rule_id, rule_name = :rule_name, title = :title, scenario = :scenario, severity = :severity,
    summary = :summary, state = :state, first_event_at = :first_event_at, last_event_at = :last_event_at, count = :count,
    repeat_window = :repeat_window, data = :data, unsilenceable = :unsilenceable,
    told_count = :told_count, told_at = :told_at
WHERE seq = :seq;
