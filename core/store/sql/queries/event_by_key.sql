-- A record by its own id.
SELECT seq FROM event WHERE key_day = :key_day AND feed = :feed AND key = :key;
