-- The list of holds, newest first; those that were removed on request.
SELECT number, id, entity, alert, span_from, span_to, author, reason, created_at, removed_at, removed_by, removed_because
FROM hold WHERE :past_too OR removed_at IS NULL ORDER BY number DESC LIMIT :limit;
