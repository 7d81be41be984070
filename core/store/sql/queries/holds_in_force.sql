-- What is held while something is pruned.
SELECT number, id, entity, alert, span_from, span_to, author, reason, created_at, removed_at, removed_by, removed_because
FROM hold INDEXED BY hold_in_force WHERE removed_at IS NULL ORDER BY number;
