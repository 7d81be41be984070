-- Was an account being tried at that moment? The one announced first comes first.
SELECT number, id, account, account_name, author, reason, created_at, starts_at, ends_at, cancelled_at, cancelled_by, cancelled_because, judged_at
FROM drill INDEXED BY drill_end WHERE ends_at > :at AND starts_at <= :at AND (cancelled_at IS NULL OR cancelled_at > :at) ORDER BY number;
