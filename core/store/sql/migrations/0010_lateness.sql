-- How long after its time Graph began to show a row, measured when the row was first seen: rows by the day of reading, the pass that saw
-- them first and the bucket of their lateness (core/feed/lateness.hpp). Rows of spans that nobody had looked at before say nothing and
-- are not counted.
CREATE TABLE lateness (
    feed   INTEGER NOT NULL,
    day    INTEGER NOT NULL,
    pass   TEXT NOT NULL,
    bucket INTEGER NOT NULL,
    rows   INTEGER NOT NULL,
    worst  INTEGER NOT NULL,
    PRIMARY KEY (feed, day, pass, bucket)
) STRICT, WITHOUT ROWID;
