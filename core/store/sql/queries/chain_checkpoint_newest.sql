-- How far the chain is signed.
SELECT entry, hash, at FROM chain_checkpoint ORDER BY entry DESC LIMIT 1;
