-- The feeds' names, as the chain covers them.
SELECT id, name FROM feed WHERE id >= :first ORDER BY id;
