-- Events that matched a step of a correlation rule, until its time span is long over. Bounded: hits of one value that are close to each
-- other are one row.
CREATE TABLE correlation_hit (
    rule         INTEGER NOT NULL REFERENCES string,
    group_key    BLOB NOT NULL CHECK (length(group_key) = 16),
    grain        INTEGER NOT NULL,
    step         INTEGER NOT NULL,
    value        TEXT NOT NULL,
    first_at     INTEGER NOT NULL,
    last_at      INTEGER NOT NULL,
    event        INTEGER NOT NULL REFERENCES event,
    forget_after INTEGER NOT NULL,
    PRIMARY KEY (rule, group_key, grain, step, value)
) STRICT, WITHOUT ROWID;
-- What happened to this group around that time?
CREATE INDEX correlation_hit_time ON correlation_hit (rule, group_key, first_at);
CREATE INDEX correlation_hit_forget ON correlation_hit (forget_after);
-- Which correlations is this event part of? Asked before an event may be deleted.
CREATE INDEX correlation_hit_event ON correlation_hit (event);
