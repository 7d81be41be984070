-- How a feed fares.
SELECT state, reason, since, next_probe_at, last_answer_at, backfill_span FROM feed_state WHERE feed = :feed;
