-- Passwords, authentication methods, secrets, certificates and federated credentials that were added, changed or removed.
SELECT e.occurred_at, e.feed, e.activity, e.outcome, coalesce(e.actor_name, e.actor_id) AS actor, e.actor_ip AS address,
    coalesce(e.target_name, e.target_id) AS target,
    (SELECT group_concat(c.property, ', ') FROM event_changes AS c WHERE c.event = e.event) AS changed,
    e.id
FROM events AS e
WHERE e.day >= coalesce(strftime('%s', substr(:from, 1, 10)) / 86400, -719163)
    AND e.day <= coalesce(strftime('%s', substr(:to, 1, 10)) / 86400, 2932896)
    AND rtrim(e.occurred_at, 'Z') >= rtrim(coalesce(:from, ''), 'Z') AND rtrim(e.occurred_at, 'Z') < rtrim(coalesce(:to, '~'), 'Z')
    AND e.feed = 'directory_audits'
    AND (e.activity LIKE '%password%' OR e.activity LIKE '%security info%' OR e.activity LIKE '%credential%'
        OR e.activity LIKE '%secrets management%' OR e.activity LIKE '%authentication method%' OR e.activity LIKE '%phone app%'
        OR EXISTS (SELECT 1 FROM event_changes AS c WHERE c.event = e.event AND c.property IN ('KeyDescription',
            'FederatedIdentityCredentials', 'StrongAuthenticationMethod', 'StrongAuthenticationPhoneAppDetail', 'StrongAuthenticationUserDetails')))
    AND e.activity NOT LIKE '%flow activity progress%'
ORDER BY rtrim(e.occurred_at, 'Z'), e.event;
