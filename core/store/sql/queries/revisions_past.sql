-- The revisions of a record that are not shown, with the octets of each.
SELECT revision, updated, received, octets FROM event_revision WHERE event = :event ORDER BY revision;
