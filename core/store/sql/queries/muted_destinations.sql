-- Who does not know yet what the mute held back?
SELECT DISTINCT destination FROM delivery INDEXED BY delivery_muted
WHERE muted_by = :mute AND state = 'muted' AND told_in IS NULL ORDER BY destination;
