-- A dead letter is promised once more, under the same webhook-id.
UPDATE delivery SET state = 'due', due_at = :now, renewed_at = :now, attempts = 0 WHERE id = :id AND state = 'dead';
