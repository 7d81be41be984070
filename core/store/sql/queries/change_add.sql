-- One modified property. `new_value` is without the ends that it shares with the old one, where they are given.
INSERT INTO event_change (event, position, property, old_value, new_value, shared_start, shared_end)
VALUES (:event, :position, :property, :old_value, :new_value, :shared_start, :shared_end);
