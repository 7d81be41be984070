-- The next signature, for reading beside the chain.
SELECT entry, hash, at, key, signature FROM chain_checkpoint WHERE entry >= :entry ORDER BY entry;
