-- People type the beginning of an id; two rows mean that it was too short.
SELECT number, id, rule, scenario, severity_at_most, actor, target, destination, author, reason, created_at, starts_at, ends_at,
    removed_at, removed_by, removed_because, reported_at, (SELECT count(*) FROM delivery AS d WHERE d.muted_by = mute.number)
FROM mute WHERE id >= :prefix AND substr(id, 1, length(:prefix)) = :prefix ORDER BY id LIMIT 2;
