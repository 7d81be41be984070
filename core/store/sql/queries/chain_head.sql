-- Where the chain ends.
SELECT entry, hash, body FROM chain ORDER BY entry DESC LIMIT 1;
