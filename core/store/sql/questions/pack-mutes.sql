-- Evidence pack: the mutes that were in force at any moment of a span or made in it: who, why, until when, and what they hid.
SELECT m.id, m.author, m.reason, m.created_at, m.starts_at, m.ends_at, m.removed_at, m.removed_by, m.removed_because, m.reported_at, m.hidden,
    m.rule, m.scenario, m.severity_at_most, m.actor, m.target, m.destination
FROM mutes AS m
WHERE rtrim(m.starts_at, 'Z') < rtrim(coalesce(:to, '~'), 'Z') AND rtrim(coalesce(m.removed_at, m.ends_at), 'Z') > rtrim(coalesce(:from, ''), 'Z')
    OR rtrim(m.created_at, 'Z') >= rtrim(coalesce(:from, ''), 'Z') AND rtrim(m.created_at, 'Z') < rtrim(coalesce(:to, '~'), 'Z')
ORDER BY rtrim(m.created_at, 'Z'), m.id;
