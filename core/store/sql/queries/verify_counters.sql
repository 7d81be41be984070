-- Counters that do not count what is there.
SELECT c.name, c.value, counted.value
FROM counter AS c JOIN (
    SELECT 'events' AS name, (SELECT count(*) FROM event) AS value
    UNION ALL SELECT 'revisions', (SELECT count(*) FROM event_revision)
    UNION ALL SELECT 'rejections', (SELECT count(*) FROM rejection)) AS counted ON counted.name = c.name
WHERE c.value <> counted.value;
