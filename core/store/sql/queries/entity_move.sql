-- A risk event whose time moved to another day takes its entities along. Rare: it walks the old day.
UPDATE OR REPLACE event_entity SET day = :day WHERE day = :old_day AND event = :event;
