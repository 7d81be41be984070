-- Which application was granted what: consents, delegated permissions and application permissions, given and taken back.
SELECT e.occurred_at, e.feed, e.activity, e.outcome, coalesce(e.actor_name, e.actor_id) AS actor, e.actor_ip AS address,
    coalesce(e.target_name, e.target_id) AS target,
    (SELECT group_concat(c.property || '=' || trim(coalesce(nullif(c.new_value, ''), c.old_value), '"'), '; ') FROM event_changes AS c
        WHERE c.event = e.event AND c.property IN ('ConsentAction.Permissions', 'ConsentContext.IsAdminConsent', 'DelegatedPermissionGrant.Scope',
            'DelegatedPermissionGrant.ConsentType', 'AppRole.Value', 'ServicePrincipal.DisplayName')) AS granted,
    e.id
FROM events AS e
WHERE e.day >= coalesce(strftime('%s', substr(:from, 1, 10)) / 86400, -719163)
    AND e.day <= coalesce(strftime('%s', substr(:to, 1, 10)) / 86400, 2932896)
    AND rtrim(e.occurred_at, 'Z') >= rtrim(coalesce(:from, ''), 'Z') AND rtrim(e.occurred_at, 'Z') < rtrim(coalesce(:to, '~'), 'Z')
    AND e.feed = 'directory_audits'
    AND (e.activity LIKE 'Consent to application%' OR e.activity LIKE '%delegated permission grant%' OR e.activity LIKE '%contextual consent%'
        OR e.activity LIKE '%app role assignment%' OR e.activity LIKE '%oauth2permissiongrant%' OR e.activity LIKE 'Restore consent%')
ORDER BY rtrim(e.occurred_at, 'Z'), e.event;
