-- The chain from its beginning.
SELECT entry, body, hints, hash FROM chain ORDER BY entry;
