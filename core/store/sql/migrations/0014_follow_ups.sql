-- What was told once more without a new event, because nobody had acknowledged the alert or a destination took nothing: a step along a
-- chain of destinations, or a reminder. Each row was written with the notification that it names.
CREATE TABLE follow_up (
    number           INTEGER PRIMARY KEY,
    alert            INTEGER NOT NULL REFERENCES alert,
    kind             TEXT NOT NULL CHECK (kind IN ('escalation', 'reminder')),
    step             INTEGER NOT NULL CHECK (step > 0),
    from_destination TEXT,
    to_destination   TEXT,
    reason           TEXT NOT NULL CHECK (reason IN ('unacknowledged', 'undelivered', 'dead')),
    waited           INTEGER NOT NULL,
    at               INTEGER NOT NULL,
    notification     INTEGER NOT NULL UNIQUE REFERENCES notification,
    CHECK ((kind = 'escalation') = (from_destination IS NOT NULL AND to_destination IS NOT NULL))
) STRICT;
-- Nobody is brought an alert twice, and no reminder has a twin.
CREATE UNIQUE INDEX follow_up_escalation ON follow_up (alert, to_destination) WHERE kind = 'escalation';
CREATE UNIQUE INDEX follow_up_reminder ON follow_up (alert, step) WHERE kind = 'reminder';
CREATE TRIGGER follow_up_keeps_its_rows BEFORE DELETE ON follow_up
    BEGIN SELECT RAISE(ABORT, 'follow_up is append-only'); END;
CREATE TRIGGER follow_up_keeps_its_words BEFORE UPDATE ON follow_up
    BEGIN SELECT RAISE(ABORT, 'follow_up is append-only'); END;

-- Which alerts has nobody acknowledged?
CREATE INDEX alert_unacknowledged ON alert (opened_at) WHERE state = 'open' AND test = 0;

CREATE VIEW follow_ups AS
SELECT (SELECT value FROM property WHERE name = 'tenant') AS tenant,
    a.id AS alert_id,
    f.kind AS kind,
    f.step AS step,
    f.from_destination AS from_destination,
    f.to_destination AS to_destination,
    f.reason AS reason,
    f.waited / 10000000.0 AS waited_seconds,
    strftime('%Y-%m-%dT%H:%M:%S', (f.at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (f.at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (f.at + 621355968000000000) % 10000000), '0') || 'Z' END AS at,
    n.sequence AS sequence
FROM follow_up AS f
JOIN notification AS n ON n.id = f.notification
JOIN alert AS a ON a.seq = f.alert;
