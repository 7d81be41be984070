-- Ended before its time, once; the row stays.
UPDATE drill SET cancelled_at = :now, cancelled_by = :by, cancelled_because = :because WHERE id = :id AND cancelled_at IS NULL AND ends_at > :now
RETURNING number;
