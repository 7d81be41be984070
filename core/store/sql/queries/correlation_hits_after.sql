-- The nearest hits of a group after a time, oldest first.
SELECT step, value, first_at, last_at, event FROM correlation_hit
WHERE rule = :rule AND group_key = :group_key AND first_at > :at AND first_at <= :until ORDER BY first_at LIMIT :most;
