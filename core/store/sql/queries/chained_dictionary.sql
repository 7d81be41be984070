-- Dictionaries, as the chain covers them: without its own a record cannot be read.
SELECT id, feed, trained_at, octets FROM dictionary WHERE id >= :first ORDER BY id;
