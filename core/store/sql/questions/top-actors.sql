-- Who acted most: users, applications and systems by how many records name them as the actor.
SELECT coalesce(e.actor_name, e.actor_id) AS actor, e.actor_kind, count(*) AS events,
    sum(e.outcome = 'failure') AS failures, min(e.occurred_at) AS first_at, max(e.occurred_at) AS last_at
FROM events AS e
WHERE e.day >= coalesce(strftime('%s', substr(:from, 1, 10)) / 86400, -719163)
    AND e.day <= coalesce(strftime('%s', substr(:to, 1, 10)) / 86400, 2932896)
    AND rtrim(e.occurred_at, 'Z') >= rtrim(coalesce(:from, ''), 'Z') AND rtrim(e.occurred_at, 'Z') < rtrim(coalesce(:to, '~'), 'Z')
    AND coalesce(e.actor_name, e.actor_id) IS NOT NULL
GROUP BY e.actor_kind, coalesce(e.actor_id, e.actor_name)
ORDER BY events DESC, actor;
