-- Windows of an earlier process will never end by themselves.
UPDATE feed_window SET state = 'abandoned', reason = :reason, closed_at = :closed_at WHERE state = 'open' RETURNING id;
