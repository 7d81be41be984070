-- The changes of an event, hashed with its row.
SELECT position, property, old_value, new_value, shared_start, shared_end FROM event_change WHERE event = :event ORDER BY position;
