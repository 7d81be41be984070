-- What was pruned, row by row: `rows` names the rows as an entry of the chain does, and `digests` holds the SHA-256 of each of them, in
-- that order, so that every entry that wrote one of them can still be worked out, and a copy of a record that turns up elsewhere be told
-- from a forged one. `sha256` is over `digests`. Signed (Ed25519) one by one, and covered by the chain besides.
CREATE TABLE prune_receipt (
    number        INTEGER PRIMARY KEY,
    at            INTEGER NOT NULL,
    reason        TEXT NOT NULL CHECK (reason IN ('age', 'size')),
    because       TEXT NOT NULL,
    events        INTEGER NOT NULL,
    revisions     INTEGER NOT NULL,
    rejections    INTEGER NOT NULL,
    alert_events  INTEGER NOT NULL,
    first_at      INTEGER NOT NULL,
    first_id      TEXT NOT NULL,
    last_at       INTEGER NOT NULL,
    last_id       TEXT NOT NULL,
    rows          TEXT NOT NULL,
    digests       BLOB NOT NULL,
    sha256        BLOB NOT NULL,
    key           TEXT NOT NULL,
    signature     BLOB NOT NULL
) STRICT;
CREATE TRIGGER prune_receipt_keeps_its_rows BEFORE DELETE ON prune_receipt
    BEGIN SELECT RAISE(ABORT, 'prune_receipt is append-only'); END;
CREATE TRIGGER prune_receipt_keeps_its_words BEFORE UPDATE ON prune_receipt
    BEGIN SELECT RAISE(ABORT, 'prune_receipt is append-only'); END;

CREATE VIEW prune_receipts AS
SELECT (SELECT value FROM property WHERE name = 'tenant') AS tenant,
    p.number AS number,
    strftime('%Y-%m-%dT%H:%M:%S', (p.at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (p.at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (p.at + 621355968000000000) % 10000000), '0') || 'Z' END AS at,
    p.reason AS reason,
    p.because AS because,
    p.events AS events,
    p.revisions AS revisions,
    p.rejections AS rejections,
    p.alert_events AS alert_events,
    strftime('%Y-%m-%dT%H:%M:%S', (p.first_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (p.first_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (p.first_at + 621355968000000000) % 10000000), '0') || 'Z' END AS first_at,
    p.first_id AS first_id,
    strftime('%Y-%m-%dT%H:%M:%S', (p.last_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (p.last_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (p.last_at + 621355968000000000) % 10000000), '0') || 'Z' END AS last_at,
    p.last_id AS last_id,
    p.rows AS rows,
    lower(hex(p.sha256)) AS sha256,
    p.key AS key,
    lower(hex(p.signature)) AS signature
FROM prune_receipt AS p;
