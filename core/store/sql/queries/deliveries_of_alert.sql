-- What became of an alert's notifications, for `alerts show`.
SELECT d.id, d.notification, d.destination, d.webhook_id, d.state, d.attempts, coalesce(d.renewed_at, d.created_at), d.due_at, d.lease_until,
    a.id, n.type, n.body, d.severity, d.last_answer, (SELECT m.id FROM mute AS m WHERE m.number = d.muted_by),
    (SELECT told.webhook_id FROM delivery AS told WHERE told.notification = d.told_in AND told.destination = d.destination)
FROM alert AS a JOIN notification AS n ON n.alert = a.seq JOIN delivery AS d ON d.notification = n.id
WHERE a.id = :alert_id ORDER BY n.sequence, d.id;
