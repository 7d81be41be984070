-- Who was given, made eligible for, activated or lost a directory role, and by whom.
SELECT e.occurred_at, e.feed, e.activity, e.outcome, coalesce(e.actor_name, e.actor_id) AS actor, e.actor_ip AS address,
    coalesce(e.target_name, e.target_id) AS target,
    (SELECT group_concat(trim(coalesce(nullif(c.new_value, ''), c.old_value), '"'), ', ') FROM event_changes AS c
        WHERE c.event = e.event AND c.property = 'Role.DisplayName') AS role,
    e.id
FROM events AS e
WHERE e.day >= coalesce(strftime('%s', substr(:from, 1, 10)) / 86400, -719163)
    AND e.day <= coalesce(strftime('%s', substr(:to, 1, 10)) / 86400, 2932896)
    AND rtrim(e.occurred_at, 'Z') >= rtrim(coalesce(:from, ''), 'Z') AND rtrim(e.occurred_at, 'Z') < rtrim(coalesce(:to, '~'), 'Z')
    AND (e.category = 'RoleManagement' OR e.activity LIKE '%member to role%' OR e.activity LIKE '%member from role%')
ORDER BY rtrim(e.occurred_at, 'Z'), e.event;
