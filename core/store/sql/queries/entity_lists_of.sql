-- The events of a day that an id or name touches.
SELECT role, first, more FROM event_entity WHERE day = :day AND entity = :entity;
