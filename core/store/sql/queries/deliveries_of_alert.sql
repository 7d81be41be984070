-- What became of an alert's notifications, for `alerts show`.
SELECT d.id, d.notification, d.destination, d.webhook_id, d.state, d.attempts, coalesce(d.renewed_at, d.created_at), d.due_at, d.lease_until,
    a.id, n.type, n.body, d.severity, d.last_answer
FROM alert AS a JOIN notification AS n ON n.alert = a.seq JOIN delivery AS d ON d.notification = n.id
WHERE a.id = :alert_id ORDER BY n.sequence, d.id;
