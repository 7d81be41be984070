-- Drills, as the chain covers them: who announced one, and who cancelled it.
SELECT number, id, account, account_name, author, reason, created_at, starts_at, ends_at, cancelled_at, cancelled_by, cancelled_because, judged_at
FROM drill WHERE number >= :first ORDER BY number;
