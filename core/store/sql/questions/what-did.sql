-- Everything that somebody or some application did: :actor is an id or a name, letter case aside.
SELECT e.occurred_at, e.feed, e.activity, e.outcome, coalesce(e.actor_name, e.actor_id) AS actor, e.actor_ip AS address,
    coalesce(e.target_name, e.target_id) AS target, e.id
FROM events AS e
WHERE e.day >= coalesce(strftime('%s', substr(:from, 1, 10)) / 86400, -719163)
    AND e.day <= coalesce(strftime('%s', substr(:to, 1, 10)) / 86400, 2932896)
    AND rtrim(e.occurred_at, 'Z') >= rtrim(coalesce(:from, ''), 'Z') AND rtrim(e.occurred_at, 'Z') < rtrim(coalesce(:to, '~'), 'Z')
    AND (e.actor_id = :actor COLLATE NOCASE OR e.actor_name = :actor COLLATE NOCASE)
ORDER BY rtrim(e.occurred_at, 'Z'), e.event;
