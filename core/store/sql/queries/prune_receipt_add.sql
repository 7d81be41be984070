-- What was pruned, in the transaction that pruned it.
INSERT INTO prune_receipt (number, at, reason, because, events, revisions, rejections, alert_events, first_at, first_id, last_at, last_id,
    rows, digests, sha256, key, signature)
VALUES (:number, :at, :reason, :because, :events, :revisions, :rejections, :alert_events, :first_at, :first_id, :last_at, :last_id,
    :rows, :digests, :sha256, :key, :signature);
