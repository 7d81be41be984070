-- What happened in a span, oldest first; the index alone answers.
SELECT time, feed, seq FROM event INDEXED BY event_time WHERE time >= :from AND time < :to ORDER BY time, feed, seq;
