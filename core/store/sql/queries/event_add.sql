-- A record that was never seen before.
INSERT INTO event (day, key_day, feed, key, id, time, updated, received, revision, activity, category, service, outcome,
    actor_kind, actor_id, actor_name, actor_ip, target_kind, target_id, target_name, correlation, sha256)
VALUES (:day, :key_day, :feed, :key, :id, :time, :updated, :received, 1, :activity, :category, :service, :outcome,
    :actor_kind, :actor_id, :actor_name, :actor_ip, :target_kind, :target_id, :target_name, :correlation, :sha256)
ON CONFLICT (key_day, feed, key) DO NOTHING;
