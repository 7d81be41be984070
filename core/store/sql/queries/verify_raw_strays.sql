-- Octets and changes of an event that is not there.
SELECT 'event_raw', event FROM event_raw WHERE event NOT IN (SELECT seq FROM event)
UNION ALL SELECT 'event_change', event FROM event_change WHERE event NOT IN (SELECT seq FROM event) LIMIT 1;
