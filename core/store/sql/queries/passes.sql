-- When the newest complete window of each pass was opened.
SELECT pass, opened_at FROM feed_pass WHERE feed = :feed;
