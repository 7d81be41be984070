-- Is this record here already, and with which octets? The one look-up that most reads of a record end with.
SELECT seq, updated, revision, sha256 FROM event WHERE key_day = :key_day AND feed = :feed AND key = :key;
