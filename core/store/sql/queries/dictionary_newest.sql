-- The dictionary with which a feed's records are compressed from now on.
SELECT id, octets FROM dictionary WHERE feed = :feed ORDER BY trained_at DESC, id LIMIT 1;
