-- What was not read, not understood, not told, or late: holes in the ledger, windows given up, rows later than 15 minutes, rejected records, deliveries that are dead or took over 5 minutes.
SELECT kind, since, until, subject, detail FROM (
    SELECT 'hole' AS kind, s.covered_to AS since,
        lead(s.covered_from) OVER (PARTITION BY s.feed ORDER BY rtrim(s.covered_from, 'Z')) AS until, s.feed AS subject,
        'never read completely' AS detail
    FROM coverage AS s
    UNION ALL
    SELECT 'window given up', w.span_from, w.span_to, w.feed, w.pass || ': ' || coalesce(w.reason, '') FROM feed_windows AS w WHERE w.state = 'abandoned'
    UNION ALL
    SELECT 'late rows', w.span_from, w.span_to, w.feed, w.pass || ' found ' || w.fresh || ', the latest ' || round(w.worst_lateness_seconds / 60) || ' min after its time'
    FROM feed_windows AS w WHERE w.fresh > 0 AND w.worst_lateness_seconds > 900 AND w.pass <> 'backfill'
    UNION ALL
    SELECT 'rejected record', r.received_at, r.received_at, r.feed, r.reason FROM rejections AS r
    UNION ALL
    SELECT 'dead delivery', d.created_at, d.due_at, d.alert_id, d.destination || ': ' || coalesce(d.last_answer, '') FROM deliveries AS d WHERE d.state = 'dead'
    UNION ALL
    SELECT 'late delivery', d.created_at, t.ended_at, d.alert_id, d.destination || ' took it at attempt ' || t.number
    FROM deliveries AS d JOIN delivery_attempts AS t ON t.delivery = d.delivery
    WHERE t.verdict = 'delivered' AND julianday(substr(t.ended_at, 1, 19)) - julianday(substr(d.created_at, 1, 19)) > 5.0 / 1440
)
WHERE until IS NOT NULL AND rtrim(until, 'Z') >= rtrim(coalesce(:from, ''), 'Z') AND rtrim(since, 'Z') < rtrim(coalesce(:to, '~'), 'Z')
ORDER BY rtrim(since, 'Z'), kind, subject;
