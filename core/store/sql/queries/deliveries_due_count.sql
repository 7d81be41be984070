-- How much is due at a destination; counted no farther than the limit.
SELECT count(*) FROM (SELECT 1 FROM delivery INDEXED BY delivery_waiting
    WHERE destination = :destination AND state IN ('due', 'leased') AND state = 'due' AND due_at <= :now LIMIT :limit);
