-- All receipts, without the digests, for `verify`.
SELECT number, at, reason, because, events, revisions, rejections, alert_events, first_at, first_id, last_at, last_id, rows, sha256, key,
    signature
FROM prune_receipt ORDER BY number;
