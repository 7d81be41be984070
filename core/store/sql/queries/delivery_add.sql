-- One promise to one destination. No row is added when there is no such notification.
INSERT INTO delivery (notification, destination, webhook_id, severity, state, created_at, due_at)
SELECT id, :destination, :webhook_id, severity, 'due', :now, :now FROM notification WHERE id = :notification;
