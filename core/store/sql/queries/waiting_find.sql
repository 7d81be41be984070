-- Does this finding wait already?
SELECT 1 FROM waiting_finding WHERE rule = :rule AND event = :event;
