-- The next day, downwards, on which anything happened; empty days cost nothing.
SELECT max(time) FROM event INDEXED BY event_time WHERE time < :before;
