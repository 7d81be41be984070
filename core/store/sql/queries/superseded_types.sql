-- Which earlier words about its alert does this message tell as well?
SELECT n.type FROM delivery AS d INDEXED BY delivery_told_in JOIN notification AS n ON n.id = d.notification
WHERE d.told_in = :notification AND d.destination = :destination AND d.state = 'superseded' ORDER BY n.sequence;
