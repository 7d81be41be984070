-- Every event that touched a user, group, role, application or device as what it was done to: :target is an id or a name, letter case aside.
-- The `+` keeps SQLite from looking through every event of a day for each list of that day.
SELECT e.occurred_at, e.feed, e.activity, e.outcome, coalesce(e.actor_name, e.actor_id) AS actor, e.actor_ip AS address,
    coalesce(e.target_name, e.target_id) AS target, e.id
FROM events AS e
WHERE e.day >= coalesce(strftime('%s', substr(:from, 1, 10)) / 86400, -719163)
    AND e.day <= coalesce(strftime('%s', substr(:to, 1, 10)) / 86400, 2932896)
    AND rtrim(e.occurred_at, 'Z') >= rtrim(coalesce(:from, ''), 'Z') AND rtrim(e.occurred_at, 'Z') < rtrim(coalesce(:to, '~'), 'Z')
    AND e.event IN (SELECT n.event FROM event_entities AS n
        WHERE lower(n.value) = lower(:target) AND n.role NOT IN ('actor', 'ip', 'session')
            AND +n.day >= coalesce(strftime('%s', substr(:from, 1, 10)) / 86400, -719163)
            AND +n.day <= coalesce(strftime('%s', substr(:to, 1, 10)) / 86400, 2932896))
ORDER BY rtrim(e.occurred_at, 'Z'), e.event;
