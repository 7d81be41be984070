-- Is an event of that day left?
SELECT 1 FROM event WHERE day = :day LIMIT 1;
