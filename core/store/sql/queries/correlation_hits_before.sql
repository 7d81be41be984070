-- The nearest hits of a group up to a time, newest first.
SELECT step, value, first_at, last_at, event FROM correlation_hit
WHERE rule = :rule AND group_key = :group_key AND first_at BETWEEN :from AND :at ORDER BY first_at DESC LIMIT :most;
