-- One promise to one destination; one that a mute holds back is kept as such. No row is added when there is no such notification.
INSERT INTO delivery (notification, destination, webhook_id, severity, state, created_at, due_at, muted_by)
SELECT id, :destination, :webhook_id, severity, CASE WHEN :muted_by IS NULL THEN 'due' ELSE 'muted' END, :now, :now, :muted_by
FROM notification WHERE id = :notification;
