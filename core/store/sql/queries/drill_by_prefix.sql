-- People type the beginning of an id; two rows mean that it was too short.
SELECT number, id, account, account_name, author, reason, created_at, starts_at, ends_at, cancelled_at, cancelled_by, cancelled_because, judged_at
FROM drill WHERE id >= :prefix AND substr(id, 1, length(:prefix)) = :prefix ORDER BY id LIMIT 2;
