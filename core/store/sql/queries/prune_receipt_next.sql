-- The number of the next receipt; the signature is over it.
SELECT coalesce(max(number), 0) + 1 FROM prune_receipt;
