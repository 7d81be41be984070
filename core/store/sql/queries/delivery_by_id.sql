-- A delivery with what its worker needs of the notification.
SELECT d.id, d.notification, d.destination, d.webhook_id, d.state, d.attempts, coalesce(d.renewed_at, d.created_at), d.due_at, d.lease_until,
    a.id, n.type, n.body, d.severity, d.last_answer, (SELECT m.id FROM mute AS m WHERE m.number = d.muted_by),
    (SELECT told.webhook_id FROM delivery AS told WHERE told.notification = d.told_in AND told.destination = d.destination)
FROM delivery AS d JOIN notification AS n ON n.id = d.notification JOIN alert AS a ON a.seq = n.alert WHERE d.id = :id;
