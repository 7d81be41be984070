-- Evidence pack: what people did through the commands in a span.
SELECT u.seq, u.at, u.actor, u.action, u.object, u.detail
FROM audit_trail AS u
WHERE rtrim(u.at, 'Z') >= rtrim(coalesce(:from, ''), 'Z') AND rtrim(u.at, 'Z') < rtrim(coalesce(:to, '~'), 'Z')
ORDER BY u.seq;
