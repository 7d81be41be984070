-- The oldest events, from a place on; the index alone answers.
SELECT time, feed, seq FROM event INDEXED BY event_time
WHERE (time, feed, seq) > (:time, :feed, :seq) AND time < :before ORDER BY time, feed, seq LIMIT :most;
