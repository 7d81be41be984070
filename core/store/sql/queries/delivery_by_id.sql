-- A delivery with what its worker needs of the notification.
SELECT d.id, d.notification, d.destination, d.webhook_id, d.state, d.attempts, coalesce(d.renewed_at, d.created_at), d.due_at, d.lease_until,
    a.id, n.type, n.body, d.severity, d.last_answer
FROM delivery AS d JOIN notification AS n ON n.id = d.notification JOIN alert AS a ON a.seq = n.alert WHERE d.id = :id;
