-- The digest that an event's row had while it showed this revision.
SELECT row_sha256 FROM event_revision WHERE event = :event AND revision = :revision;
