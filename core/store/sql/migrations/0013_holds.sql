-- Legal holds: what must not be pruned, who said so and why. All that is set of `entity`, `alert` and the span must fit. A hold is
-- removed, never deleted or changed.
CREATE TABLE hold (
    number          INTEGER PRIMARY KEY,
    id              TEXT NOT NULL UNIQUE,
    entity          TEXT NOT NULL,
    alert           TEXT NOT NULL,
    span_from       INTEGER,
    span_to         INTEGER,
    author          TEXT NOT NULL,
    reason          TEXT NOT NULL,
    created_at      INTEGER NOT NULL,
    removed_at      INTEGER,
    removed_by      TEXT,
    removed_because TEXT,
    CHECK (entity <> '' OR alert <> '' OR span_from IS NOT NULL OR span_to IS NOT NULL)
) STRICT;
-- What is held at this moment?
CREATE INDEX hold_in_force ON hold (number) WHERE removed_at IS NULL;
CREATE TRIGGER hold_keeps_its_rows BEFORE DELETE ON hold
    BEGIN SELECT RAISE(ABORT, 'a hold is removed, never deleted'); END;
CREATE TRIGGER hold_keeps_its_words
    BEFORE UPDATE OF id, entity, alert, span_from, span_to, author, reason, created_at ON hold
    BEGIN SELECT RAISE(ABORT, 'a hold is removed, never changed'); END;
CREATE TRIGGER hold_is_removed_once BEFORE UPDATE ON hold WHEN OLD.removed_at IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'the hold was removed already'); END;

CREATE VIEW holds AS
SELECT (SELECT value FROM property WHERE name = 'tenant') AS tenant,
    h.id AS id,
    nullif(h.entity, '') AS entity,
    nullif(h.alert, '') AS alert_id,
    strftime('%Y-%m-%dT%H:%M:%S', (h.span_from + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (h.span_from + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (h.span_from + 621355968000000000) % 10000000), '0') || 'Z' END AS span_from,
    strftime('%Y-%m-%dT%H:%M:%S', (h.span_to + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (h.span_to + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (h.span_to + 621355968000000000) % 10000000), '0') || 'Z' END AS span_to,
    h.author AS author,
    h.reason AS reason,
    strftime('%Y-%m-%dT%H:%M:%S', (h.created_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (h.created_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (h.created_at + 621355968000000000) % 10000000), '0') || 'Z' END AS created_at,
    strftime('%Y-%m-%dT%H:%M:%S', (h.removed_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (h.removed_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (h.removed_at + 621355968000000000) % 10000000), '0') || 'Z' END AS removed_at,
    h.removed_by AS removed_by,
    h.removed_because AS removed_because
FROM hold AS h;
