-- Evidence pack: which settings and rules were in force in a span, and since when; the first row may have come into force before it.
SELECT c.at AS in_force_since, lead(c.at) OVER (ORDER BY rtrim(c.at, 'Z')) AS until, c.occasion, c.program, c.settings_sha256, c.rules_sha256
FROM configurations AS c
WHERE rtrim(c.at, 'Z') < rtrim(coalesce(:to, '~'), 'Z')
    AND rtrim(c.at, 'Z') >= coalesce((SELECT max(rtrim(b.at, 'Z')) FROM configurations AS b WHERE rtrim(b.at, 'Z') <= rtrim(coalesce(:from, ''), 'Z')), '')
ORDER BY rtrim(c.at, 'Z');
