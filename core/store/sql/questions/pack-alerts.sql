-- Evidence pack: the alerts that were opened in a span, or whose events lie in it.
SELECT a.id, a.opened_at, a.severity, a.scenario, a.rule_name, a.summary, a.state, a.count, a.first_event_at, a.last_event_at, a.test,
    (SELECT min(t.ended_at) FROM deliveries AS d JOIN delivery_attempts AS t ON t.delivery = d.delivery
        WHERE d.alert_id = a.id AND t.verdict = 'delivered') AS first_told_at
FROM alerts AS a
WHERE rtrim(a.opened_at, 'Z') >= rtrim(coalesce(:from, ''), 'Z') AND rtrim(a.opened_at, 'Z') < rtrim(coalesce(:to, '~'), 'Z')
        OR rtrim(a.first_event_at, 'Z') < rtrim(coalesce(:to, '~'), 'Z') AND rtrim(a.last_event_at, 'Z') >= rtrim(coalesce(:from, ''), 'Z')
ORDER BY rtrim(a.opened_at, 'Z'), a.id;
