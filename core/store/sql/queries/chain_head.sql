-- Where the chain ends.
SELECT entry, hash, body FROM chain WHERE entry = (SELECT max(entry) FROM chain);
