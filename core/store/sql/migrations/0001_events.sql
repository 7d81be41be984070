-- What was collected. STRICT tables; every index of events begins with the day (or is in time order), so that new rows touch only
-- today's leaves however large the store grows. Times are ticks of 100 ns since 1970; days are whole days since 1970.

-- Which migrations ran, and when.
CREATE TABLE migration (
    version    INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    applied_at INTEGER NOT NULL
) STRICT;

-- Facts about the file itself: tenant, created_at, probed_at.
CREATE TABLE property (
    name  TEXT PRIMARY KEY,
    value ANY
) STRICT, WITHOUT ROWID;

-- Row counts that would take a walk over millions of rows; moved in the transaction that adds the rows.
CREATE TABLE counter (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counter (name, value) VALUES ('events', 0), ('rejections', 0), ('revisions', 0);

-- The feeds by number, filled in by the program.
CREATE TABLE feed (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- Every name, id and address once. `folded` is the string in which it is compared (NULL: it is its own folded form).
CREATE TABLE string (
    id     INTEGER PRIMARY KEY,
    text   TEXT NOT NULL UNIQUE,
    folded INTEGER
) STRICT;
CREATE INDEX string_variants ON string (folded) WHERE folded IS NOT NULL;

-- zstd dictionaries; a compressed record names its dictionary in its frame header.
CREATE TABLE dictionary (
    id         INTEGER PRIMARY KEY,
    feed       INTEGER NOT NULL,
    trained_at INTEGER NOT NULL,
    octets     BLOB NOT NULL
) STRICT;
-- Records a feed's dictionary will be trained on; emptied when it was.
CREATE TABLE dictionary_sample (
    feed  INTEGER NOT NULL,
    event INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (feed, event)
) STRICT, WITHOUT ROWID;

-- One row for each record of a feed, in its newest revision. `key` is the record's id: the 16 bytes of a UUID (then `id` is NULL),
-- or the first half of the SHA-256 of any other id. `key_day` is the event's day, or 0 in feeds whose event time may move.
-- Columns that name people and things are numbers of `string`; `correlation` is a UUID as 16 bytes or any other text.
CREATE TABLE event (
    seq         INTEGER PRIMARY KEY,
    day         INTEGER NOT NULL,
    key_day     INTEGER NOT NULL,
    feed        INTEGER NOT NULL,
    key         BLOB NOT NULL,
    id          TEXT,
    time        INTEGER NOT NULL,
    updated     INTEGER,
    received    INTEGER NOT NULL,
    revision    INTEGER NOT NULL,
    activity    INTEGER,
    category    INTEGER,
    service     INTEGER,
    outcome     INTEGER,
    actor_kind  INTEGER,
    actor_id    INTEGER,
    actor_name  INTEGER,
    actor_ip    INTEGER,
    target_kind INTEGER,
    target_id   INTEGER,
    target_name INTEGER,
    correlation ANY,
    sha256      BLOB NOT NULL
) STRICT;
-- Has this record been seen? Asked for every record that is read, and most are read several times.
CREATE UNIQUE INDEX event_key ON event (key_day, feed, key);
-- What happened between two times, newest first, in all feeds or some.
CREATE INDEX event_time ON event (time, feed);
-- What else belongs to this request?
CREATE INDEX event_correlation ON event (day, correlation);

-- The octets as received, compressed (zstd); apart, so that questions that do not print them do not read them.
CREATE TABLE event_raw (
    event  INTEGER PRIMARY KEY,
    octets BLOB NOT NULL
) STRICT;

-- The revisions of a record that are not shown: older ones, or ones that came late.
CREATE TABLE event_revision (
    event    INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    updated  INTEGER,
    received INTEGER NOT NULL,
    sha256   BLOB NOT NULL,
    octets   BLOB NOT NULL,
    PRIMARY KEY (event, revision)
) STRICT, WITHOUT ROWID;

-- Everything that touched X, and everything that was called X: actors, targets, addresses, names and activities of a question are
-- found here. One row holds the events of one transaction that share a day, an entity and a role: `first` is the smallest event
-- number, `more` lists further ones, comma-separated. Rows of ten names and ids for every event would cost more than all else
-- together (measured: half the time and a third of the room). `entity` and `role` are numbers of `string`; a session's UUID is
-- kept as 16 bytes, because it hardly ever repeats. An event that was revised may be listed twice.
CREATE TABLE event_entity (
    day    INTEGER NOT NULL,
    entity ANY NOT NULL,
    role   INTEGER NOT NULL,
    first  INTEGER NOT NULL,
    more   TEXT,
    PRIMARY KEY (day, entity, role, first)
) STRICT, WITHOUT ROWID;

-- The modified properties of an event, decoded.
CREATE TABLE event_change (
    event     INTEGER NOT NULL,
    position  INTEGER NOT NULL,
    property  INTEGER,
    old_value TEXT,
    new_value TEXT,
    PRIMARY KEY (event, position)
) STRICT, WITHOUT ROWID;

-- Octets that could not become an event, with the reason.
CREATE TABLE rejection (
    seq      INTEGER PRIMARY KEY,
    feed     INTEGER NOT NULL,
    received INTEGER NOT NULL,
    reason   TEXT NOT NULL,
    sha256   BLOB NOT NULL,
    octets   BLOB NOT NULL,
    UNIQUE (feed, sha256)
) STRICT;

-- The ledger: one row for each window of a feed that was read.
CREATE TABLE feed_window (
    id             INTEGER PRIMARY KEY,
    feed           INTEGER NOT NULL,
    pass           TEXT NOT NULL,
    span_from      INTEGER NOT NULL,
    span_to        INTEGER NOT NULL,
    time_property  INTEGER,
    opened_at      INTEGER NOT NULL,
    closed_at      INTEGER,
    state          TEXT NOT NULL CHECK (state IN ('open', 'complete', 'abandoned')),
    reason         TEXT,
    pages          INTEGER NOT NULL DEFAULT 0,
    rows           INTEGER NOT NULL DEFAULT 0,
    fresh          INTEGER NOT NULL DEFAULT 0,
    revised        INTEGER NOT NULL DEFAULT 0,
    rejected       INTEGER NOT NULL DEFAULT 0,
    worst_lateness INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX feed_window_opened ON feed_window (opened_at);
CREATE INDEX feed_window_open ON feed_window (feed) WHERE state = 'open';

-- When the newest complete window of each pass was opened.
CREATE TABLE feed_pass (
    feed      INTEGER NOT NULL,
    pass      TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    PRIMARY KEY (feed, pass)
) STRICT, WITHOUT ROWID;

-- Event time that was read completely at least once; spans of a feed never touch or overlap.
CREATE TABLE coverage_span (
    feed      INTEGER NOT NULL,
    span_from INTEGER NOT NULL,
    span_to   INTEGER NOT NULL,
    PRIMARY KEY (feed, span_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE feed_state (
    feed           INTEGER PRIMARY KEY,
    state          TEXT NOT NULL DEFAULT 'starting',
    reason         TEXT NOT NULL DEFAULT '',
    since          INTEGER,
    next_probe_at  INTEGER,
    last_answer_at INTEGER,
    backfill_span  INTEGER
) STRICT;

-- The newest reading of the tenant's directory.
CREATE TABLE directory_reading (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    saved_at INTEGER NOT NULL,
    json     TEXT NOT NULL
) STRICT;
