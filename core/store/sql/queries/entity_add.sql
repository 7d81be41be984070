-- Events of one transaction that an id or name touches. A second list that begins with the same event (a revision) is joined on.
INSERT INTO event_entity (day, entity, role, first, more) VALUES (:day, :entity, :role, :first, :more)
ON CONFLICT (day, entity, role, first) DO UPDATE SET more = coalesce(more || ',' || excluded.more, more, excluded.more);
