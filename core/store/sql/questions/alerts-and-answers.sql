-- Each alert, when it was first told to whom, and who took it up and ended it, with their reasons. :from, :to: when it was opened.
SELECT a.opened_at, a.severity, a.scenario, a.summary, a.state, a.count AS events,
    (SELECT min(t.ended_at) FROM deliveries AS d JOIN delivery_attempts AS t ON t.delivery = d.delivery
        WHERE d.alert_id = a.id AND t.verdict = 'delivered') AS first_told_at,
    (SELECT group_concat(DISTINCT d.destination || ' ' || d.state) FROM deliveries AS d WHERE d.alert_id = a.id) AS told,
    json_extract(x.data, '$.acknowledged.by') AS acknowledged_by, json_extract(x.data, '$.acknowledged.at') AS acknowledged_at,
    json_extract(x.data, '$.acknowledged.reason') AS acknowledged_because,
    json_extract(x.data, '$.resolved.by') AS resolved_by, json_extract(x.data, '$.resolved.at') AS resolved_at,
    json_extract(x.data, '$.resolved.reason') AS resolved_because,
    a.id
FROM alerts AS a
JOIN (SELECT id, CASE WHEN json_valid(data) THEN data ELSE '{}' END AS data FROM alerts) AS x ON x.id = a.id
WHERE rtrim(a.opened_at, 'Z') >= rtrim(coalesce(:from, ''), 'Z') AND rtrim(a.opened_at, 'Z') < rtrim(coalesce(:to, '~'), 'Z')
ORDER BY rtrim(a.opened_at, 'Z'), a.id;
