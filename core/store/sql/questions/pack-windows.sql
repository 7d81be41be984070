-- Evidence pack: every window of the ledger that touches a span: what was read when, and with what result.
SELECT w.feed, w.pass, w.time_property, w.span_from, w.span_to, w.opened_at, w.closed_at, w.state, w.reason, w.pages, w.rows, w.fresh, w.revised,
    w.rejected, w.worst_lateness_seconds
FROM feed_windows AS w
WHERE rtrim(w.span_from, 'Z') < rtrim(coalesce(:to, '~'), 'Z') AND rtrim(w.span_to, 'Z') > rtrim(coalesce(:from, ''), 'Z')
ORDER BY rtrim(w.opened_at, 'Z'), w.feed;
