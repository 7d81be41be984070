-- Nobody is to be told any more; the row and its attempts stay.
UPDATE delivery SET state = 'purged' WHERE id = :id AND state = 'dead';
