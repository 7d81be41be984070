-- Findings that are not told yet: the event matched a rule that waits, for a revision of the record (`hold`) or for a record of another rule
-- (`absent`). The event is judged again when its time has come, so that nothing of the finding itself is kept.
CREATE TABLE waiting_finding (
    rule       INTEGER NOT NULL REFERENCES string,
    event      INTEGER NOT NULL REFERENCES event,
    due_at     INTEGER NOT NULL,
    look_at    INTEGER NOT NULL,
    overdue_at INTEGER NOT NULL,
    PRIMARY KEY (rule, event)
) STRICT, WITHOUT ROWID;
-- Whose time has come?
CREATE INDEX waiting_finding_look ON waiting_finding (look_at);
-- Does a rule wait for this event? Asked before an event may be deleted.
CREATE INDEX waiting_finding_event ON waiting_finding (event);
