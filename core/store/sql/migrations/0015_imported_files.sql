-- How far `import` has read each file of a folder of stored logs, so that what was read is not read again. Working memory: a row
-- that is lost costs a second reading, in which all records are duplicates.
CREATE TABLE imported_file (
    path    TEXT NOT NULL PRIMARY KEY,  -- absolute
    bytes   INTEGER NOT NULL,           -- up to the end of a line
    lines   INTEGER NOT NULL,
    ending  BLOB NOT NULL,              -- SHA-256 of the last octets before `bytes`: another file of that name is read anew
    read_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
