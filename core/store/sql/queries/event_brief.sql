-- Where an event stands in time, and what is cheap to test.
SELECT time, feed, day, (SELECT text FROM string WHERE id = outcome) FROM event WHERE seq = :seq;
