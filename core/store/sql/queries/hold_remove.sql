-- From now on it holds nothing; the row stays.
UPDATE hold SET removed_at = :now, removed_by = :by, removed_because = :because WHERE id = :id AND removed_at IS NULL RETURNING number;
