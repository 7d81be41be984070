-- One notification tells of all that the mute held back.
UPDATE delivery SET told_in = :notification WHERE muted_by = :mute AND state = 'muted' AND told_in IS NULL
RETURNING id;
