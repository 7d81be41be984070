-- The ledger, newest first.
SELECT w.id, w.feed, w.pass, w.span_from, w.span_to, (SELECT text FROM string WHERE id = w.time_property), w.opened_at, w.closed_at,
    w.state, w.reason, w.pages, w.rows, w.fresh, w.revised, w.rejected, w.worst_lateness
FROM feed_window AS w
WHERE w.opened_at >= :from AND w.opened_at < :to AND (:feed IS NULL OR w.feed = :feed)
ORDER BY w.opened_at DESC, w.id DESC LIMIT :limit;
