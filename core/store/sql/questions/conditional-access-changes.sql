-- Conditional Access policies and named locations that were added, changed or deleted, with what stood there before and after.
SELECT e.occurred_at, e.feed, e.activity, e.outcome, coalesce(e.actor_name, e.actor_id) AS actor, e.actor_ip AS address,
    coalesce(e.target_name, e.target_id) AS target,
    (SELECT c.old_value FROM event_changes AS c WHERE c.event = e.event ORDER BY c.position LIMIT 1) AS before,
    (SELECT c.new_value FROM event_changes AS c WHERE c.event = e.event ORDER BY c.position LIMIT 1) AS after,
    e.id
FROM events AS e
WHERE e.day >= coalesce(strftime('%s', substr(:from, 1, 10)) / 86400, -719163)
    AND e.day <= coalesce(strftime('%s', substr(:to, 1, 10)) / 86400, 2932896)
    AND rtrim(e.occurred_at, 'Z') >= rtrim(coalesce(:from, ''), 'Z') AND rtrim(e.occurred_at, 'Z') < rtrim(coalesce(:to, '~'), 'Z')
    AND e.feed = 'directory_audits'
    AND (e.service = 'Conditional Access' OR e.activity LIKE '%conditional access%' OR e.activity LIKE '%named location%'
        OR e.activity LIKE '% policy' AND e.target_kind = 'Policy')
ORDER BY rtrim(e.occurred_at, 'Z'), e.event;
