-- The events of an alert, oldest first.
SELECT e.seq, e.feed, e.key, e.id, e.time, e.received, (SELECT text FROM string WHERE id = e.activity), e.correlation
FROM alert_event AS l JOIN event AS e ON e.seq = l.event
WHERE l.alert = :alert ORDER BY e.time, e.seq LIMIT :limit;
