-- Tell it again, with the same webhook-id; one that is being sent just now is left alone.
UPDATE delivery SET state = 'due', due_at = :now, renewed_at = :now, attempts = 0
WHERE state <> 'leased' AND (:destination = '' OR destination = :destination)
    AND notification IN (SELECT n.id FROM notification AS n JOIN alert AS a ON a.seq = n.alert WHERE a.id = :alert_id)
RETURNING id;
