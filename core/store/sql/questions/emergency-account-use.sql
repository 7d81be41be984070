-- What the emergency accounts did, and what was done to them. They are those that the settings named at any time.
WITH account AS (
    SELECT DISTINCT lower(json_extract(a.value, '$.object_id')) AS id
    FROM configurations AS c, json_each(c.settings, '$.tenants') AS t, json_each(t.value, '$.emergency_accounts') AS a
    WHERE json_extract(t.value, '$.name') = c.tenant
)
SELECT e.occurred_at, e.feed, e.activity, e.outcome, coalesce(e.actor_name, e.actor_id) AS actor, e.actor_ip AS address,
    coalesce(e.target_name, e.target_id) AS target,
    CASE WHEN lower(e.actor_id) IN (SELECT id FROM account) THEN 'by it' ELSE 'on it' END AS how,
    (SELECT group_concat(l.alert_id, ', ') FROM alert_events AS l WHERE l.event = e.event) AS alerts,
    e.id
FROM events AS e
WHERE e.day >= coalesce(strftime('%s', substr(:from, 1, 10)) / 86400, -719163)
    AND e.day <= coalesce(strftime('%s', substr(:to, 1, 10)) / 86400, 2932896)
    AND rtrim(e.occurred_at, 'Z') >= rtrim(coalesce(:from, ''), 'Z') AND rtrim(e.occurred_at, 'Z') < rtrim(coalesce(:to, '~'), 'Z')
    AND (lower(e.actor_id) IN (SELECT id FROM account) OR lower(e.target_id) IN (SELECT id FROM account))
ORDER BY rtrim(e.occurred_at, 'Z'), e.event;
