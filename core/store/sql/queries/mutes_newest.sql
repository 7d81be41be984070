-- The list of mutes, newest first; those that are over on request.
SELECT number, id, rule, scenario, severity_at_most, actor, target, destination, author, reason, created_at, starts_at, ends_at,
    removed_at, removed_by, removed_because, reported_at, (SELECT count(*) FROM delivery AS d WHERE d.muted_by = mute.number)
FROM mute WHERE :past_too OR (removed_at IS NULL AND ends_at > :now) ORDER BY number DESC LIMIT :limit;
