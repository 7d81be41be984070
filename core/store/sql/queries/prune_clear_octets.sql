-- The octets of a pruned event.
DELETE FROM event_raw WHERE event = :event;
