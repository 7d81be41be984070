-- Evidence pack: the signatures of the evidence chain from the last one before a span to the first one after it.
SELECT p.tenant, p.entry, p.hash, p.at, p.key, p.signature
FROM chain_checkpoints AS p
WHERE rtrim(p.at, 'Z') >= coalesce((SELECT max(rtrim(b.at, 'Z')) FROM chain_checkpoints AS b WHERE rtrim(b.at, 'Z') <= rtrim(coalesce(:from, ''), 'Z')), '')
    AND rtrim(p.at, 'Z') <= coalesce((SELECT min(rtrim(b.at, 'Z')) FROM chain_checkpoints AS b WHERE rtrim(b.at, 'Z') >= rtrim(coalesce(:to, '~'), 'Z')), '~')
ORDER BY p.entry;
