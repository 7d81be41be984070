-- Holds, as the chain covers them.
SELECT number, id, entity, alert, span_from, span_to, author, reason, created_at, removed_at, removed_by, removed_because
FROM hold WHERE number >= :first ORDER BY number;
