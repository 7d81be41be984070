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
