-- Older days say nothing about how late rows come now.
DELETE FROM lateness WHERE feed = (SELECT feed FROM feed_window WHERE id = :window) AND day < :day;
