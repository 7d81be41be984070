-- How a feed fares, for `check`, /readyz and the next start.
INSERT INTO feed_state (feed, state, reason, since, next_probe_at, last_answer_at)
VALUES (:feed, :state, :reason, :since, :next_probe_at, :last_answer_at)
ON CONFLICT (feed) DO UPDATE SET state = excluded.state, reason = excluded.reason, since = excluded.since,
    next_probe_at = excluded.next_probe_at, last_answer_at = excluded.last_answer_at;
