-- What is not to be told for a while.
INSERT INTO mute (id, rule, scenario, severity_at_most, actor, target, destination, author, reason, created_at, starts_at, ends_at)
VALUES (:id, :rule, :scenario, :severity_at_most, :actor, :target, :destination, :author, :reason, :created_at, :starts_at, :ends_at);
