-- Over, by time or by hand; what they hid is still to be reported.
SELECT number, id, rule, scenario, severity_at_most, actor, target, destination, author, reason, created_at, starts_at, ends_at,
    removed_at, removed_by, removed_because, reported_at, (SELECT count(*) FROM delivery AS d WHERE d.muted_by = mute.number)
FROM mute INDEXED BY mute_open WHERE reported_at IS NULL AND (ends_at <= :now OR removed_at IS NOT NULL) ORDER BY number;
