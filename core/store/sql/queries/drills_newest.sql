-- The list of drills, newest first.
SELECT number, id, account, account_name, author, reason, created_at, starts_at, ends_at, cancelled_at, cancelled_by, cancelled_because, judged_at
FROM drill ORDER BY number DESC LIMIT :limit;
