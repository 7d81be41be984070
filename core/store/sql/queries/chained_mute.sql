-- Mutes, as the chain covers them: what was not told, and who said so.
SELECT number, id, rule, scenario, severity_at_most, actor, target, destination, author, reason, created_at, starts_at, ends_at,
    removed_at, removed_by, removed_because, reported_at
FROM mute WHERE number >= :first ORDER BY number;
