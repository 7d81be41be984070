-- What was to be told, as the chain covers it.
SELECT id, alert, sequence, type, severity, created_at, body FROM notification WHERE id >= :first ORDER BY id;
