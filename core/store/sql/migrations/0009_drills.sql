-- Drills: when an emergency account was to be used for practice, who announced it, and whether the alert came.
CREATE TABLE drill (
    number            INTEGER PRIMARY KEY,
    id                TEXT NOT NULL UNIQUE,
    account           TEXT NOT NULL,
    account_name      TEXT NOT NULL,
    author            TEXT NOT NULL,
    reason            TEXT NOT NULL,
    created_at        INTEGER NOT NULL,
    starts_at         INTEGER NOT NULL,
    ends_at           INTEGER NOT NULL CHECK (ends_at > starts_at),
    cancelled_at      INTEGER,
    cancelled_by      TEXT,
    cancelled_because TEXT,
    judged_at         INTEGER
) STRICT;
-- Which drills are to be judged?
CREATE INDEX drill_unjudged ON drill (ends_at) WHERE judged_at IS NULL;
-- Is an account being tried at this moment?
CREATE INDEX drill_end ON drill (ends_at);
-- When was this account tried last?
CREATE INDEX drill_account ON drill (account, ends_at);
CREATE TRIGGER drill_keeps_its_rows BEFORE DELETE ON drill
    BEGIN SELECT RAISE(ABORT, 'a drill is cancelled, never deleted'); END;
CREATE TRIGGER drill_keeps_its_words
    BEFORE UPDATE OF id, account, account_name, author, reason, created_at, starts_at, ends_at ON drill
    BEGIN SELECT RAISE(ABORT, 'a drill is cancelled, never changed'); END;

-- The keys of a drill's alerts begin with its id; the column is worked out from them.
ALTER TABLE alert ADD COLUMN drill TEXT
    GENERATED ALWAYS AS (CASE WHEN substr(dedup_key, 1, 6) = 'drill|' THEN substr(dedup_key, 7, instr(substr(dedup_key, 7), '|') - 1) END) VIRTUAL;
CREATE INDEX alert_drill ON alert (drill) WHERE drill IS NOT NULL;

DROP VIEW alerts;
CREATE VIEW alerts AS
SELECT (SELECT value FROM property WHERE name = 'tenant') AS tenant,
    a.id AS id,
    a.rule_id AS rule_id,
    a.rule_name AS rule_name,
    a.title AS title,
    a.scenario AS scenario,
    CASE a.severity WHEN 0 THEN 'informational' WHEN 1 THEN 'low' WHEN 2 THEN 'medium' WHEN 3 THEN 'high' ELSE 'critical' END AS severity,
    a.summary AS summary,
    a.state AS state,
    strftime('%Y-%m-%dT%H:%M:%S', (a.opened_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (a.opened_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (a.opened_at + 621355968000000000) % 10000000), '0') || 'Z' END AS opened_at,
    strftime('%Y-%m-%dT%H:%M:%S', (a.first_event_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (a.first_event_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (a.first_event_at + 621355968000000000) % 10000000), '0') || 'Z' END AS first_event_at,
    strftime('%Y-%m-%dT%H:%M:%S', (a.last_event_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (a.last_event_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (a.last_event_at + 621355968000000000) % 10000000), '0') || 'Z' END AS last_event_at,
    a.count AS count,
    a.test AS test,
    a.dedup_key AS dedup_key,
    a.data AS data,
    a.suppressed_by AS suppressed_by,
    a.drill AS drill
FROM alert AS a;

CREATE VIEW drills AS
SELECT (SELECT value FROM property WHERE name = 'tenant') AS tenant,
    d.id AS id,
    d.account AS account,
    d.account_name AS account_name,
    d.author AS author,
    d.reason AS reason,
    strftime('%Y-%m-%dT%H:%M:%S', (d.created_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (d.created_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (d.created_at + 621355968000000000) % 10000000), '0') || 'Z' END AS created_at,
    strftime('%Y-%m-%dT%H:%M:%S', (d.starts_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (d.starts_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (d.starts_at + 621355968000000000) % 10000000), '0') || 'Z' END AS starts_at,
    strftime('%Y-%m-%dT%H:%M:%S', (d.ends_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (d.ends_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (d.ends_at + 621355968000000000) % 10000000), '0') || 'Z' END AS ends_at,
    strftime('%Y-%m-%dT%H:%M:%S', (d.cancelled_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (d.cancelled_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (d.cancelled_at + 621355968000000000) % 10000000), '0') || 'Z' END AS cancelled_at,
    d.cancelled_by AS cancelled_by,
    d.cancelled_because AS cancelled_because,
    strftime('%Y-%m-%dT%H:%M:%S', (d.judged_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (d.judged_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (d.judged_at + 621355968000000000) % 10000000), '0') || 'Z' END AS judged_at,
    (SELECT count(*) FROM alert AS a WHERE a.drill = d.id) AS alerts
FROM drill AS d;
