-- The stable views. They use built-in functions only, so that plain sqlite3 reads them; `raw` is the compressed octets here, and
-- the octets as received once the extension is loaded (it lays temporary views of the same names over these).
CREATE VIEW events AS
SELECT (SELECT value FROM property WHERE name = 'tenant') AS tenant,
    f.name AS feed,
    coalesce(e.id, substr(lower(hex(e.key)), 1, 8) || '-' || substr(lower(hex(e.key)), 9, 4) || '-' || substr(lower(hex(e.key)), 13, 4)
        || '-' || substr(lower(hex(e.key)), 17, 4) || '-' || substr(lower(hex(e.key)), 21)) AS id,
    e.revision AS revision,
    strftime('%Y-%m-%dT%H:%M:%S', (e.time + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (e.time + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (e.time + 621355968000000000) % 10000000), '0') || 'Z' END AS occurred_at,
    strftime('%Y-%m-%dT%H:%M:%S', (e.received + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (e.received + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (e.received + 621355968000000000) % 10000000), '0') || 'Z' END AS received_at,
    activity.text AS activity,
    category.text AS category,
    service.text AS service,
    outcome.text AS outcome,
    actor_kind.text AS actor_kind,
    actor_id.text AS actor_id,
    actor_name.text AS actor_name,
    actor_ip.text AS actor_ip,
    target_kind.text AS target_kind,
    target_id.text AS target_id,
    target_name.text AS target_name,
    CASE typeof(e.correlation) WHEN 'blob' THEN
        substr(lower(hex(e.correlation)), 1, 8) || '-' || substr(lower(hex(e.correlation)), 9, 4) || '-' || substr(lower(hex(e.correlation)), 13, 4)
        || '-' || substr(lower(hex(e.correlation)), 17, 4) || '-' || substr(lower(hex(e.correlation)), 21)
        ELSE e.correlation END AS correlation_id,
    r.octets AS raw,
    e.seq AS event,
    e.day AS day,
    lower(hex(e.sha256)) AS sha256
FROM event AS e
LEFT JOIN feed AS f ON f.id = e.feed
LEFT JOIN string AS activity ON activity.id = e.activity
LEFT JOIN string AS category ON category.id = e.category
LEFT JOIN string AS service ON service.id = e.service
LEFT JOIN string AS outcome ON outcome.id = e.outcome
LEFT JOIN string AS actor_kind ON actor_kind.id = e.actor_kind
LEFT JOIN string AS actor_id ON actor_id.id = e.actor_id
LEFT JOIN string AS actor_name ON actor_name.id = e.actor_name
LEFT JOIN string AS actor_ip ON actor_ip.id = e.actor_ip
LEFT JOIN string AS target_kind ON target_kind.id = e.target_kind
LEFT JOIN string AS target_id ON target_id.id = e.target_id
LEFT JOIN string AS target_name ON target_name.id = e.target_name
LEFT JOIN event_raw AS r ON r.event = e.seq;

CREATE VIEW event_revisions AS
SELECT (SELECT value FROM property WHERE name = 'tenant') AS tenant,
    v.event AS event,
    v.revision AS revision,
    strftime('%Y-%m-%dT%H:%M:%S', (v.updated + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (v.updated + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (v.updated + 621355968000000000) % 10000000), '0') || 'Z' END AS updated_at,
    strftime('%Y-%m-%dT%H:%M:%S', (v.received + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (v.received + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (v.received + 621355968000000000) % 10000000), '0') || 'Z' END AS received_at,
    v.octets AS raw,
    lower(hex(v.sha256)) AS sha256
FROM event_revision AS v;

CREATE VIEW event_entities AS
SELECT DISTINCT (SELECT value FROM property WHERE name = 'tenant') AS tenant,
    listed.value AS event,
    role.text AS role,
    CASE typeof(n.entity) WHEN 'blob' THEN
        substr(lower(hex(n.entity)), 1, 8) || '-' || substr(lower(hex(n.entity)), 9, 4) || '-' || substr(lower(hex(n.entity)), 13, 4)
        || '-' || substr(lower(hex(n.entity)), 17, 4) || '-' || substr(lower(hex(n.entity)), 21)
        ELSE named.text END AS value,
    n.day AS day
FROM event_entity AS n
JOIN json_each('[' || n.first || coalesce(',' || n.more, '') || ']') AS listed
JOIN event AS e ON e.seq = listed.value AND e.day = n.day
LEFT JOIN string AS role ON role.id = n.role
LEFT JOIN string AS named ON named.id = n.entity
WHERE role.text <> 'activity';

CREATE VIEW event_changes AS
SELECT c.event AS event,
    property.text AS property,
    c.old_value AS old_value,
    c.new_value AS new_value,
    c.position AS position
FROM event_change AS c
LEFT JOIN string AS property ON property.id = c.property;

CREATE VIEW rejections AS
SELECT (SELECT value FROM property WHERE name = 'tenant') AS tenant,
    f.name AS feed,
    strftime('%Y-%m-%dT%H:%M:%S', (j.received + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (j.received + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (j.received + 621355968000000000) % 10000000), '0') || 'Z' END AS received_at,
    j.reason AS reason,
    j.octets AS raw,
    lower(hex(j.sha256)) AS sha256
FROM rejection AS j
LEFT JOIN feed AS f ON f.id = j.feed;

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
    a.data AS data
FROM alert AS a;

CREATE VIEW alert_events AS
SELECT a.id AS alert_id,
    l.event AS event
FROM alert_event AS l
JOIN alert AS a ON a.seq = l.alert;

CREATE VIEW deliveries AS
SELECT (SELECT value FROM property WHERE name = 'tenant') AS tenant,
    d.id AS delivery,
    a.id AS alert_id,
    n.type AS type,
    n.sequence AS sequence,
    d.destination AS destination,
    d.webhook_id AS webhook_id,
    CASE d.severity WHEN 0 THEN 'informational' WHEN 1 THEN 'low' WHEN 2 THEN 'medium' WHEN 3 THEN 'high' ELSE 'critical' END AS severity,
    d.state AS state,
    d.attempts AS attempts,
    strftime('%Y-%m-%dT%H:%M:%S', (d.created_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (d.created_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (d.created_at + 621355968000000000) % 10000000), '0') || 'Z' END AS created_at,
    strftime('%Y-%m-%dT%H:%M:%S', (d.renewed_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (d.renewed_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (d.renewed_at + 621355968000000000) % 10000000), '0') || 'Z' END AS renewed_at,
    strftime('%Y-%m-%dT%H:%M:%S', (d.due_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (d.due_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (d.due_at + 621355968000000000) % 10000000), '0') || 'Z' END AS due_at,
    strftime('%Y-%m-%dT%H:%M:%S', (d.lease_until + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (d.lease_until + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (d.lease_until + 621355968000000000) % 10000000), '0') || 'Z' END AS lease_until,
    d.last_answer AS last_answer,
    n.body AS body
FROM delivery AS d
JOIN notification AS n ON n.id = d.notification
JOIN alert AS a ON a.seq = n.alert;

CREATE VIEW delivery_attempts AS
SELECT (SELECT value FROM property WHERE name = 'tenant') AS tenant,
    t.delivery AS delivery,
    t.number AS number,
    d.destination AS destination,
    d.webhook_id AS webhook_id,
    strftime('%Y-%m-%dT%H:%M:%S', (t.started_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (t.started_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (t.started_at + 621355968000000000) % 10000000), '0') || 'Z' END AS started_at,
    strftime('%Y-%m-%dT%H:%M:%S', (t.ended_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (t.ended_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (t.ended_at + 621355968000000000) % 10000000), '0') || 'Z' END AS ended_at,
    t.remote_address AS remote_address,
    t.http_status AS http_status,
    t.verdict AS verdict,
    t.detail AS detail,
    t.request_sha256 AS request_sha256,
    t.retry_after / 10000000.0 AS retry_after_seconds
FROM attempt AS t
JOIN delivery AS d ON d.id = t.delivery;

CREATE VIEW coverage AS
SELECT (SELECT value FROM property WHERE name = 'tenant') AS tenant,
    f.name AS feed,
    strftime('%Y-%m-%dT%H:%M:%S', (s.span_from + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (s.span_from + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (s.span_from + 621355968000000000) % 10000000), '0') || 'Z' END AS covered_from,
    strftime('%Y-%m-%dT%H:%M:%S', (s.span_to + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (s.span_to + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (s.span_to + 621355968000000000) % 10000000), '0') || 'Z' END AS covered_to
FROM coverage_span AS s
LEFT JOIN feed AS f ON f.id = s.feed;

CREATE VIEW feed_windows AS
SELECT (SELECT value FROM property WHERE name = 'tenant') AS tenant,
    f.name AS feed,
    w.pass AS pass,
    property.text AS time_property,
    strftime('%Y-%m-%dT%H:%M:%S', (w.span_from + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (w.span_from + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (w.span_from + 621355968000000000) % 10000000), '0') || 'Z' END AS span_from,
    strftime('%Y-%m-%dT%H:%M:%S', (w.span_to + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (w.span_to + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (w.span_to + 621355968000000000) % 10000000), '0') || 'Z' END AS span_to,
    strftime('%Y-%m-%dT%H:%M:%S', (w.opened_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (w.opened_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (w.opened_at + 621355968000000000) % 10000000), '0') || 'Z' END AS opened_at,
    strftime('%Y-%m-%dT%H:%M:%S', (w.closed_at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (w.closed_at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (w.closed_at + 621355968000000000) % 10000000), '0') || 'Z' END AS closed_at,
    w.state AS state,
    w.reason AS reason,
    w.pages AS pages,
    w.rows AS rows,
    w.fresh AS fresh,
    w.revised AS revised,
    w.rejected AS rejected,
    w.worst_lateness / 10000000.0 AS worst_lateness_seconds
FROM feed_window AS w
LEFT JOIN feed AS f ON f.id = w.feed
LEFT JOIN string AS property ON property.id = w.time_property;

CREATE VIEW audit_trail AS
SELECT (SELECT value FROM property WHERE name = 'tenant') AS tenant,
    u.seq AS seq,
    strftime('%Y-%m-%dT%H:%M:%S', (u.at + 621355968000000000) / 10000000 - 62135596800, 'unixepoch')
        || CASE (u.at + 621355968000000000) % 10000000 WHEN 0 THEN 'Z' ELSE rtrim(printf('.%07d', (u.at + 621355968000000000) % 10000000), '0') || 'Z' END AS at,
    u.actor AS actor,
    u.action AS action,
    u.object AS object,
    u.detail AS detail
FROM audit AS u;
