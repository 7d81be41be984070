-- Signed checkpoints, as the chain covers them: each is named by the entry after the one it signs.
SELECT entry, hash, at, key, signature FROM chain_checkpoint WHERE entry >= :first ORDER BY entry;
