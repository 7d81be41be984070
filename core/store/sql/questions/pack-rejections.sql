-- Evidence pack: octets that were received in a span and could not become an event, and why.
SELECT r.feed, r.received_at, r.reason, r.sha256
FROM rejections AS r
WHERE rtrim(r.received_at, 'Z') >= rtrim(coalesce(:from, ''), 'Z') AND rtrim(r.received_at, 'Z') < rtrim(coalesce(:to, '~'), 'Z')
ORDER BY rtrim(r.received_at, 'Z'), r.sha256;
