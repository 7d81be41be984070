-- The next day, upwards, on which anything happened.
SELECT min(time) FROM event INDEXED BY event_time WHERE time >= :since;
