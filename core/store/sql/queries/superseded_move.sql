-- What a message told of as well is told by the message that supersedes it.
UPDATE delivery SET told_in = :notification
WHERE told_in = (SELECT notification FROM delivery WHERE id = :id) AND destination = (SELECT destination FROM delivery WHERE id = :id)
    AND state = 'superseded'
RETURNING id;
