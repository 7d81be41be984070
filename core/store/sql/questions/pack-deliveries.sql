-- Evidence pack: what was promised to whom and what became of it, for the alerts of a span and for whatever was promised in it.
SELECT d.delivery, d.alert_id, d.type, d.sequence, d.destination, d.webhook_id, d.severity, d.state, d.attempts, d.created_at, d.renewed_at,
    d.due_at, d.last_answer, d.muted_by, d.told_in
FROM deliveries AS d
WHERE rtrim(d.created_at, 'Z') >= rtrim(coalesce(:from, ''), 'Z') AND rtrim(d.created_at, 'Z') < rtrim(coalesce(:to, '~'), 'Z')
    OR d.alert_id IN (SELECT a.id FROM alerts AS a WHERE rtrim(a.opened_at, 'Z') >= rtrim(coalesce(:from, ''), 'Z') AND rtrim(a.opened_at, 'Z') < rtrim(coalesce(:to, '~'), 'Z')
        OR rtrim(a.first_event_at, 'Z') < rtrim(coalesce(:to, '~'), 'Z') AND rtrim(a.last_event_at, 'Z') >= rtrim(coalesce(:from, ''), 'Z'))
ORDER BY d.delivery;
