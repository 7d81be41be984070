-- Evidence pack: the texts that pack-settings names by their SHA-256, each once.
SELECT DISTINCT kind, sha256, text FROM (
    SELECT 'settings' AS kind, c.settings_sha256 AS sha256, c.settings AS text, c.at AS at FROM configurations AS c
    UNION ALL
    SELECT 'rules', c.rules_sha256, c.rules, c.at FROM configurations AS c
)
WHERE rtrim(at, 'Z') < rtrim(coalesce(:to, '~'), 'Z')
    AND rtrim(at, 'Z') >= coalesce((SELECT max(rtrim(b.at, 'Z')) FROM configurations AS b WHERE rtrim(b.at, 'Z') <= rtrim(coalesce(:from, ''), 'Z')), '')
ORDER BY kind, sha256;
