-- A finding was told, or withdrawn.
DELETE FROM waiting_finding WHERE rule = (SELECT id FROM string WHERE text = :rule) AND event = :event;
