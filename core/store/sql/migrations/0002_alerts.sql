-- What was concluded, who must know, and what people did about it.
CREATE TABLE alert (
    seq            INTEGER PRIMARY KEY,
    id             TEXT NOT NULL UNIQUE,
    dedup_key      TEXT NOT NULL,
    rule_id        TEXT NOT NULL,
    rule_name      TEXT NOT NULL,
    title          TEXT NOT NULL,
    scenario       TEXT NOT NULL,
    severity       INTEGER NOT NULL CHECK (severity BETWEEN 0 AND 4),
    summary        TEXT NOT NULL,
    state          TEXT NOT NULL CHECK (state IN ('open', 'acknowledged', 'resolved')),
    opened_at      INTEGER NOT NULL,
    first_event_at INTEGER NOT NULL,
    last_event_at  INTEGER NOT NULL,
    count          INTEGER NOT NULL,
    test           INTEGER NOT NULL,
    repeat_window  INTEGER NOT NULL,
    data           TEXT NOT NULL
) STRICT;
CREATE INDEX alert_key ON alert (dedup_key);
CREATE INDEX alert_opened ON alert (opened_at);

CREATE TABLE alert_event (
    alert INTEGER NOT NULL REFERENCES alert,
    event INTEGER NOT NULL REFERENCES event,
    PRIMARY KEY (alert, event)
) STRICT, WITHOUT ROWID;
-- Which alerts does this event belong to? Also asked before an event may be deleted.
CREATE INDEX alert_event_event ON alert_event (event);

-- What is to be told about an alert; the body is written once.
CREATE TABLE notification (
    id         INTEGER PRIMARY KEY,
    alert      INTEGER NOT NULL REFERENCES alert,
    sequence   INTEGER NOT NULL,
    type       TEXT NOT NULL,
    severity   INTEGER NOT NULL CHECK (severity BETWEEN 0 AND 4),
    created_at INTEGER NOT NULL,
    body       TEXT NOT NULL,
    UNIQUE (alert, sequence)
) STRICT;

-- The outbox: one row is one promise to one destination. `renewed_at`: somebody asked for it once more.
CREATE TABLE delivery (
    id           INTEGER PRIMARY KEY,
    notification INTEGER NOT NULL REFERENCES notification,
    destination  TEXT NOT NULL,
    webhook_id   TEXT NOT NULL UNIQUE,
    severity     INTEGER NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('due', 'leased', 'delivered', 'dead')),
    attempts     INTEGER NOT NULL DEFAULT 0,
    created_at   INTEGER NOT NULL,
    renewed_at   INTEGER,
    due_at       INTEGER NOT NULL,
    lease_until  INTEGER,
    last_answer  TEXT NOT NULL DEFAULT '',
    UNIQUE (notification, destination)
) STRICT;
-- What may be sent to a destination, severest and oldest first.
CREATE INDEX delivery_waiting ON delivery (destination, severity DESC, id, due_at) WHERE state IN ('due', 'leased');
CREATE INDEX delivery_dead ON delivery (id) WHERE state = 'dead';

-- Every try, and what came of it. Append-only.
CREATE TABLE attempt (
    delivery       INTEGER NOT NULL REFERENCES delivery,
    number         INTEGER NOT NULL,
    started_at     INTEGER NOT NULL,
    ended_at       INTEGER NOT NULL,
    remote_address TEXT NOT NULL,
    http_status    INTEGER NOT NULL,
    verdict        TEXT NOT NULL,
    detail         TEXT NOT NULL,
    request_sha256 TEXT NOT NULL,
    retry_after    INTEGER,
    PRIMARY KEY (delivery, number)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER attempt_keeps_its_rows BEFORE DELETE ON attempt
    BEGIN SELECT RAISE(ABORT, 'attempt is append-only'); END;
CREATE TRIGGER attempt_keeps_its_words BEFORE UPDATE ON attempt
    BEGIN SELECT RAISE(ABORT, 'attempt is append-only'); END;

-- What people did through the commands. Append-only.
CREATE TABLE audit (
    seq    INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    actor  TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_keeps_its_rows BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_keeps_its_words BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
