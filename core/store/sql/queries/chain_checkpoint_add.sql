-- The chain was signed.
INSERT INTO chain_checkpoint (entry, hash, at, key, signature) VALUES (:entry, :hash, :at, :key, :signature);
