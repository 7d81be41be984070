-- Evidence pack: every try to keep the promises of pack-deliveries, with what the receiver answered.
SELECT t.delivery, t.number, t.destination, t.webhook_id, t.started_at, t.ended_at, t.remote_address, t.http_status, t.verdict, t.detail,
    t.request_sha256, t.retry_after_seconds
FROM delivery_attempts AS t
WHERE rtrim(t.started_at, 'Z') >= rtrim(coalesce(:from, ''), 'Z') AND rtrim(t.started_at, 'Z') < rtrim(coalesce(:to, '~'), 'Z')
    OR t.delivery IN (SELECT d.delivery FROM deliveries AS d WHERE d.alert_id IN (SELECT a.id FROM alerts AS a WHERE rtrim(a.opened_at, 'Z') >= rtrim(coalesce(:from, ''), 'Z') AND rtrim(a.opened_at, 'Z') < rtrim(coalesce(:to, '~'), 'Z')
        OR rtrim(a.first_event_at, 'Z') < rtrim(coalesce(:to, '~'), 'Z') AND rtrim(a.last_event_at, 'Z') >= rtrim(coalesce(:from, ''), 'Z')))
ORDER BY t.delivery, t.number;
