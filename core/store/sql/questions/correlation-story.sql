-- All records of one request in the order of time, over all feeds, with each property that changed: :correlation_id.
SELECT e.occurred_at, e.feed, e.activity, e.outcome, coalesce(e.actor_name, e.actor_id) AS actor, e.actor_ip AS address,
    coalesce(e.target_name, e.target_id) AS target,
    c.property, c.old_value AS before, c.new_value AS after, e.id
FROM events AS e
LEFT JOIN event_changes AS c ON c.event = e.event
WHERE e.day >= coalesce(strftime('%s', substr(:from, 1, 10)) / 86400, -719163)
    AND e.day <= coalesce(strftime('%s', substr(:to, 1, 10)) / 86400, 2932896)
    AND rtrim(e.occurred_at, 'Z') >= rtrim(coalesce(:from, ''), 'Z') AND rtrim(e.occurred_at, 'Z') < rtrim(coalesce(:to, '~'), 'Z')
    AND e.correlation_id = :correlation_id COLLATE NOCASE
ORDER BY rtrim(e.occurred_at, 'Z'), e.event, c.position;
