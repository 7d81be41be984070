-- The evidence chain: who changes, removes, adds or exchanges a row afterwards is found (core/store/README.md says how it is hashed).

-- One entry for each transaction that wrote something auditors rely on. `body` names the rows and the digest over them, a line for
-- each table; `hash` is over the hash before it, the number and the body. `hints` has two octets of each row's digest, in lines of
-- several rows: not hashed, they only help to say which row it was.
CREATE TABLE chain (
    entry INTEGER PRIMARY KEY,
    body  TEXT NOT NULL,
    hints BLOB,
    hash  BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER chain_keeps_its_rows BEFORE DELETE ON chain
    BEGIN SELECT RAISE(ABORT, 'chain is append-only'); END;
CREATE TRIGGER chain_keeps_its_words BEFORE UPDATE ON chain
    BEGIN SELECT RAISE(ABORT, 'chain is append-only'); END;

-- Signatures (Ed25519) of the hash of an entry, and with it of everything before. `key` names the key, as its public half does.
CREATE TABLE chain_checkpoint (
    entry     INTEGER PRIMARY KEY REFERENCES chain,
    hash      BLOB NOT NULL CHECK (length(hash) = 32),
    at        INTEGER NOT NULL,
    key       TEXT NOT NULL,
    signature BLOB NOT NULL
) STRICT;
CREATE TRIGGER chain_checkpoint_keeps_its_rows BEFORE DELETE ON chain_checkpoint
    BEGIN SELECT RAISE(ABORT, 'chain_checkpoint is append-only'); END;
CREATE TRIGGER chain_checkpoint_keeps_its_words BEFORE UPDATE ON chain_checkpoint
    BEGIN SELECT RAISE(ABORT, 'chain_checkpoint is append-only'); END;

-- A row of `event` that was revised is hashed no more as it was: what its digest was stays with the revision that it showed. NULL for
-- a revision that came late and was never shown.
ALTER TABLE event_revision ADD COLUMN row_sha256 BLOB;

-- Settings (without secrets) and lists of rules (with the digest of each file), every one once.
CREATE TABLE configuration_text (
    id     INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE,
    text   TEXT NOT NULL
) STRICT;
CREATE TRIGGER configuration_text_keeps_its_rows BEFORE DELETE ON configuration_text
    BEGIN SELECT RAISE(ABORT, 'configuration_text is append-only'); END;
CREATE TRIGGER configuration_text_keeps_its_words BEFORE UPDATE ON configuration_text
    BEGIN SELECT RAISE(ABORT, 'configuration_text is append-only'); END;

-- When which of them came into force: at every start and reload.
CREATE TABLE configuration (
    seq      INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    occasion TEXT NOT NULL CHECK (occasion IN ('start', 'reload')),
    program  TEXT NOT NULL,
    settings INTEGER NOT NULL REFERENCES configuration_text,
    rules    INTEGER NOT NULL REFERENCES configuration_text
) STRICT;
CREATE TRIGGER configuration_keeps_its_rows BEFORE DELETE ON configuration
    BEGIN SELECT RAISE(ABORT, 'configuration is append-only'); END;
CREATE TRIGGER configuration_keeps_its_words BEFORE UPDATE ON configuration
    BEGIN SELECT RAISE(ABORT, 'configuration is append-only'); END;

CREATE VIEW chain_checkpoints AS
SELECT (SELECT value FROM property WHERE name = 'tenant') AS tenant,
    c.entry AS entry,
    lower(hex(c.hash)) AS hash,
    strftime('%Y-%m-%dT%H:%M:%S', (c.at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (c.at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (c.at + 621355968000000000) % 10000000), '0') || 'Z' END AS at,
    c.key AS key,
    lower(hex(c.signature)) AS signature
FROM chain_checkpoint AS c;

CREATE VIEW configurations AS
SELECT (SELECT value FROM property WHERE name = 'tenant') AS tenant,
    strftime('%Y-%m-%dT%H:%M:%S', (c.at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (c.at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (c.at + 621355968000000000) % 10000000), '0') || 'Z' END AS at,
    c.occasion AS occasion,
    c.program AS program,
    s.text AS settings,
    r.text AS rules,
    lower(hex(s.sha256)) AS settings_sha256,
    lower(hex(r.sha256)) AS rules_sha256
FROM configuration AS c
JOIN configuration_text AS s ON s.id = c.settings
JOIN configuration_text AS r ON r.id = c.rules;
