-- How far the chain is signed.
SELECT entry, hash, at FROM chain_checkpoint WHERE entry = (SELECT max(entry) FROM chain_checkpoint);
