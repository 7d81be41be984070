-- Over since before that moment, and nobody has looked whether the alert came.
SELECT number, id, account, account_name, author, reason, created_at, starts_at, ends_at, cancelled_at, cancelled_by, cancelled_because, judged_at
FROM drill INDEXED BY drill_unjudged WHERE judged_at IS NULL AND ends_at <= :before ORDER BY number;
