-- A mute that came after the promise, before the sending.
UPDATE delivery SET state = 'muted', muted_by = :mute, lease_until = NULL WHERE id = :id;
