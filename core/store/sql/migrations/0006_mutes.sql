-- Mutes: what is not to be told for a while, who said so, until when, and why. A delivery that a mute holds back is a row that names the mute;
-- `told_in` is the notification that told of it in its stead.
CREATE TABLE mute (
    number           INTEGER PRIMARY KEY,
    id               TEXT NOT NULL UNIQUE,
    rule             TEXT NOT NULL,
    scenario         TEXT NOT NULL,
    severity_at_most INTEGER CHECK (severity_at_most BETWEEN 0 AND 4),
    actor            TEXT NOT NULL,
    target           TEXT NOT NULL,
    destination      TEXT NOT NULL,
    author           TEXT NOT NULL,
    reason           TEXT NOT NULL,
    created_at       INTEGER NOT NULL,
    starts_at        INTEGER NOT NULL,
    ends_at          INTEGER NOT NULL CHECK (ends_at > starts_at),
    removed_at       INTEGER,
    removed_by       TEXT,
    removed_because  TEXT,
    reported_at      INTEGER
) STRICT;
-- Which mutes may be in force, which have ended and were not reported?
CREATE INDEX mute_open ON mute (ends_at) WHERE reported_at IS NULL;
CREATE TRIGGER mute_keeps_its_rows BEFORE DELETE ON mute
    BEGIN SELECT RAISE(ABORT, 'a mute is ended, never deleted'); END;
CREATE TRIGGER mute_keeps_its_words
    BEFORE UPDATE OF id, rule, scenario, severity_at_most, actor, target, destination, author, reason, created_at, starts_at, ends_at ON mute
    BEGIN SELECT RAISE(ABORT, 'a mute is ended, never changed'); END;

-- SQLite changes no CHECK: the column is made anew.
DROP VIEW deliveries;
DROP INDEX delivery_waiting;
DROP INDEX delivery_dead;
ALTER TABLE delivery ADD COLUMN stage TEXT NOT NULL DEFAULT 'due' CHECK (stage IN ('due', 'leased', 'delivered', 'dead', 'purged', 'muted'));
UPDATE delivery SET stage = state;
ALTER TABLE delivery DROP COLUMN state;
ALTER TABLE delivery RENAME COLUMN stage TO state;
ALTER TABLE delivery ADD COLUMN muted_by INTEGER REFERENCES mute;
ALTER TABLE delivery ADD COLUMN told_in INTEGER REFERENCES notification;
CREATE INDEX delivery_waiting ON delivery (destination, severity DESC, id, due_at) WHERE state IN ('due', 'leased');
CREATE INDEX delivery_dead ON delivery (id) WHERE state = 'dead';
-- What did this mute hold back, what did this notification tell of?
CREATE INDEX delivery_muted ON delivery (muted_by) WHERE muted_by IS NOT NULL;
CREATE INDEX delivery_told_in ON delivery (told_in) WHERE told_in IS NOT NULL;

-- Rules may say that no mute hides them.
ALTER TABLE alert ADD COLUMN unsilenceable INTEGER NOT NULL DEFAULT 0;

CREATE VIEW deliveries AS
SELECT (SELECT value FROM property WHERE name = 'tenant') AS tenant,
    d.id AS delivery,
    a.id AS alert_id,
    n.type AS type,
    n.sequence AS sequence,
    d.destination AS destination,
    d.webhook_id AS webhook_id,
    CASE d.severity WHEN 0 THEN 'informational' WHEN 1 THEN 'low' WHEN 2 THEN 'medium' WHEN 3 THEN 'high' ELSE 'critical' END AS severity,
    d.state AS state,
    d.attempts AS attempts,
    strftime('%Y-%m-%dT%H:%M:%S', (d.created_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (d.created_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (d.created_at + 621355968000000000) % 10000000), '0') || 'Z' END AS created_at,
    strftime('%Y-%m-%dT%H:%M:%S', (d.renewed_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (d.renewed_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (d.renewed_at + 621355968000000000) % 10000000), '0') || 'Z' END AS renewed_at,
    strftime('%Y-%m-%dT%H:%M:%S', (d.due_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (d.due_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (d.due_at + 621355968000000000) % 10000000), '0') || 'Z' END AS due_at,
    strftime('%Y-%m-%dT%H:%M:%S', (d.lease_until + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (d.lease_until + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (d.lease_until + 621355968000000000) % 10000000), '0') || 'Z' END AS lease_until,
    d.last_answer AS last_answer,
    n.body AS body,
    (SELECT m.id FROM mute AS m WHERE m.number = d.muted_by) AS muted_by,
    (SELECT told.webhook_id FROM delivery AS told WHERE told.notification = d.told_in AND told.destination = d.destination) AS told_in
FROM delivery AS d
JOIN notification AS n ON n.id = d.notification
JOIN alert AS a ON a.seq = n.alert;

CREATE VIEW mutes AS
SELECT (SELECT value FROM property WHERE name = 'tenant') AS tenant,
    m.id AS id,
    m.rule AS rule,
    m.scenario AS scenario,
    CASE m.severity_at_most WHEN 0 THEN 'informational' WHEN 1 THEN 'low' WHEN 2 THEN 'medium' WHEN 3 THEN 'high' WHEN 4 THEN 'critical' END AS severity_at_most,
    m.actor AS actor,
    m.target AS target,
    m.destination AS destination,
    m.author AS author,
    m.reason AS reason,
    strftime('%Y-%m-%dT%H:%M:%S', (m.created_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (m.created_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (m.created_at + 621355968000000000) % 10000000), '0') || 'Z' END AS created_at,
    strftime('%Y-%m-%dT%H:%M:%S', (m.starts_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (m.starts_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (m.starts_at + 621355968000000000) % 10000000), '0') || 'Z' END AS starts_at,
    strftime('%Y-%m-%dT%H:%M:%S', (m.ends_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (m.ends_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (m.ends_at + 621355968000000000) % 10000000), '0') || 'Z' END AS ends_at,
    strftime('%Y-%m-%dT%H:%M:%S', (m.removed_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (m.removed_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (m.removed_at + 621355968000000000) % 10000000), '0') || 'Z' END AS removed_at,
    m.removed_by AS removed_by,
    m.removed_because AS removed_because,
    strftime('%Y-%m-%dT%H:%M:%S', (m.reported_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (m.reported_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (m.reported_at + 621355968000000000) % 10000000), '0') || 'Z' END AS reported_at,
    (SELECT count(*) FROM delivery AS d WHERE d.muted_by = m.number) AS hidden
FROM mute AS m;
