-- What became of an attempt.
UPDATE delivery SET state = :state, due_at = coalesce(:due_at, due_at), lease_until = NULL, attempts = attempts + :counted,
    last_answer = :last_answer
WHERE id = :id;
