-- One modified property.
INSERT INTO event_change (event, position, property, old_value, new_value)
VALUES (:event, :position, :property, :old_value, :new_value);
