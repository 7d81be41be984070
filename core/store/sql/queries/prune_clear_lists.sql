-- Lists of a day whose events are all gone, some at a time.
DELETE FROM event_entity WHERE (day, entity, role, first) IN (
    SELECT day, entity, role, first FROM event_entity WHERE day = :day LIMIT :most);
