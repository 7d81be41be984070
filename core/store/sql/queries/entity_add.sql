-- One id or name that an event touches. Later revisions add to what earlier ones named.
INSERT INTO event_entity (day, entity, event, role) VALUES (:day, :entity, :event, :role) ON CONFLICT DO NOTHING;
