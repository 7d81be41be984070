-- Receipts of what was pruned, as the chain covers them.
SELECT number, at, reason, because, events, revisions, rejections, alert_events, first_at, first_id, last_at, last_id, rows, digests,
    sha256, key, signature
FROM prune_receipt WHERE number >= :first ORDER BY number;
