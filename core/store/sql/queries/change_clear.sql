-- The changes shown are those of the revision shown.
DELETE FROM event_change WHERE event = :event;
