-- People type the beginning of an id; two rows mean that it was too short.
SELECT number, id, entity, alert, span_from, span_to, author, reason, created_at, removed_at, removed_by, removed_because
FROM hold WHERE id >= :prefix AND substr(id, 1, length(:prefix)) = :prefix ORDER BY id LIMIT 2;
