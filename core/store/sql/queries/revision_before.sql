-- What was shown before a revision that is shown now: the newest of those that came earlier.
SELECT octets FROM event_revision WHERE event = :event AND revision < :revision ORDER BY updated DESC, revision DESC LIMIT 1;
