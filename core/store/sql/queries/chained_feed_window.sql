-- Windows that have ended, as the chain covers them; an open one still moves.
SELECT id, feed, pass, span_from, span_to, time_property, opened_at, closed_at, state, reason, pages, rows, fresh, revised, rejected,
    worst_lateness
FROM feed_window WHERE id >= :first AND state <> 'open' ORDER BY id;
