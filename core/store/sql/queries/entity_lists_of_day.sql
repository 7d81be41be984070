-- For wildcards that match many names: one walk over the day instead of a look-up for each name.
SELECT role, first, more, entity FROM event_entity WHERE day = :day;
