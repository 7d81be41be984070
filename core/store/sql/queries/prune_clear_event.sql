-- The row of a pruned event, after all that belongs to it.
DELETE FROM event WHERE seq = :seq;
