-- Until then this row belongs to one worker.
UPDATE delivery SET state = 'leased', lease_until = :lease_until WHERE id = :id;
