-- What a finding waits for has not been read yet.
UPDATE waiting_finding SET look_at = :look_at
WHERE rule = (SELECT id FROM string WHERE text = :rule) AND event = :event;
