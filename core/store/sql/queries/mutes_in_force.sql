-- What may hide a notification now.
SELECT number, id, rule, scenario, severity_at_most, actor, target, destination, author, reason, created_at, starts_at, ends_at,
    removed_at, removed_by, removed_because, reported_at, (SELECT count(*) FROM delivery AS d WHERE d.muted_by = mute.number)
FROM mute INDEXED BY mute_open WHERE reported_at IS NULL AND removed_at IS NULL AND ends_at > :now AND starts_at <= :now ORDER BY number;
