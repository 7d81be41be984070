-- Promises and what became of them, as the chain covers them; that one is being tried just now passes without a trace.
SELECT id, notification, destination, webhook_id, severity, CASE state WHEN 'leased' THEN 'due' ELSE state END, attempts, created_at,
    renewed_at, due_at, last_answer, muted_by, told_in
FROM delivery WHERE id >= :first ORDER BY id;
