-- The changes of an event, hashed with its row.
SELECT position, property, old_value, new_value FROM event_change WHERE event = :event ORDER BY position;
