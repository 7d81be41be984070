-- Findings that a filter suppressed are alerts that nobody is told of. Their keys begin with the filter's id, and who answered for it then
-- stands in `data`; the chain covers both. The column only shows the id: it is worked out, not stored.
ALTER TABLE alert ADD COLUMN suppressed_by TEXT
    GENERATED ALWAYS AS (CASE WHEN substr(dedup_key, 1, 11) = 'suppressed|' THEN substr(dedup_key, 12, 36) END) VIRTUAL;
-- What did this filter hide?
CREATE INDEX alert_suppressed ON alert (suppressed_by, opened_at) WHERE suppressed_by IS NOT NULL;

-- The keys of a drill's alerts begin with its id; the column is worked out from them.
ALTER TABLE alert ADD COLUMN drill TEXT
    GENERATED ALWAYS AS (CASE WHEN substr(dedup_key, 1, 6) = 'drill|' THEN substr(dedup_key, 7, instr(substr(dedup_key, 7), '|') - 1) END) VIRTUAL;
CREATE INDEX alert_drill ON alert (drill) WHERE drill IS NOT NULL;

DROP VIEW alerts;
CREATE VIEW alerts AS
SELECT (SELECT value FROM property WHERE name = 'tenant') AS tenant,
    a.id AS id,
    a.rule_id AS rule_id,
    a.rule_name AS rule_name,
    a.title AS title,
    a.scenario AS scenario,
    CASE a.severity WHEN 0 THEN 'informational' WHEN 1 THEN 'low' WHEN 2 THEN 'medium' WHEN 3 THEN 'high' ELSE 'critical' END AS severity,
    a.summary AS summary,
    a.state AS state,
    strftime('%Y-%m-%dT%H:%M:%S', (a.opened_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (a.opened_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (a.opened_at + 621355968000000000) % 10000000), '0') || 'Z' END AS opened_at,
    strftime('%Y-%m-%dT%H:%M:%S', (a.first_event_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (a.first_event_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (a.first_event_at + 621355968000000000) % 10000000), '0') || 'Z' END AS first_event_at,
    strftime('%Y-%m-%dT%H:%M:%S', (a.last_event_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (a.last_event_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (a.last_event_at + 621355968000000000) % 10000000), '0') || 'Z' END AS last_event_at,
    a.count AS count,
    a.test AS test,
    a.dedup_key AS dedup_key,
    a.data AS data,
    a.suppressed_by AS suppressed_by,
    a.drill AS drill
FROM alert AS a;
