-- How far the chain is signed.
SELECT entry, hash, at, key, signature FROM chain_checkpoint WHERE entry = (SELECT max(entry) FROM chain_checkpoint);
