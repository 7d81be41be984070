-- The newest revision of a record is the one that is shown.
UPDATE event SET day = :day, time = :time, updated = :updated, received = :received, revision = :revision,
    activity = :activity, category = :category, service = :service, outcome = :outcome, actor_kind = :actor_kind,
    actor_id = :actor_id, actor_name = :actor_name, actor_ip = :actor_ip, target_kind = :target_kind,
    target_id = :target_id, target_name = :target_name, correlation = :correlation, sha256 = :sha256
WHERE seq = :seq;
