-- Ended before its time, once; the row stays.
UPDATE mute SET removed_at = :now, removed_by = :by, removed_because = :because WHERE id = :id AND removed_at IS NULL AND ends_at > :now
RETURNING number;
