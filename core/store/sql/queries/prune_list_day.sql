-- The next day that has lists of entities.
SELECT min(day) FROM event_entity WHERE day > :after AND day < :before;
