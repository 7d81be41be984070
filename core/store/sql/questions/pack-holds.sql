-- Evidence pack: the holds that were in force at any moment of a span: what must not be pruned, who said so and why.
SELECT h.id, h.entity, h.alert_id, h.span_from, h.span_to, h.author, h.reason, h.created_at, h.removed_at, h.removed_by, h.removed_because
FROM holds AS h
WHERE rtrim(h.created_at, 'Z') < rtrim(coalesce(:to, '~'), 'Z') AND rtrim(coalesce(h.removed_at, '~'), 'Z') >= rtrim(coalesce(:from, ''), 'Z')
ORDER BY rtrim(h.created_at, 'Z'), h.id;
