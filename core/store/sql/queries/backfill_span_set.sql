-- How much to ask for at once, learnt from answers, kept across restarts.
INSERT INTO feed_state (feed, backfill_span) VALUES (:feed, :span)
ON CONFLICT (feed) DO UPDATE SET backfill_span = excluded.backfill_span;
