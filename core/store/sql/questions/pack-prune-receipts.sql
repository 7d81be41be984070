-- Evidence pack: what was pruned in a span, and what was pruned of its records: when, why, how much, and the signature of the receipt.
SELECT p.number, p.at, p.reason, p.because, p.events, p.revisions, p.rejections, p.alert_events, p.first_at, p.first_id, p.last_at, p.last_id,
    p.rows, p.sha256, p.key, p.signature
FROM prune_receipts AS p
WHERE rtrim(p.first_at, 'Z') < rtrim(coalesce(:to, '~'), 'Z') AND rtrim(p.last_at, 'Z') >= rtrim(coalesce(:from, ''), 'Z')
    OR rtrim(p.at, 'Z') >= rtrim(coalesce(:from, ''), 'Z') AND rtrim(p.at, 'Z') < rtrim(coalesce(:to, '~'), 'Z')
ORDER BY p.number;
