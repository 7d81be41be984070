-- The last day on which a row of the feed was seen for the first time.
SELECT max(day) FROM lateness WHERE feed = :feed;
