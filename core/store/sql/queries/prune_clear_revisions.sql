-- The revisions of a pruned event.
DELETE FROM event_revision WHERE event = :event;
