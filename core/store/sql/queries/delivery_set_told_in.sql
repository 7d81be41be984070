-- Another notification tells of it: a later word about the same alert, or a digest.
UPDATE delivery SET state = :state, told_in = :notification, lease_until = NULL WHERE id = :id;
