-- When the worker of a destination has something to do. A row that waits for an earlier one counts through that one.
SELECT min(CASE d.state WHEN 'leased' THEN d.lease_until ELSE d.due_at END)
FROM delivery AS d INDEXED BY delivery_waiting JOIN notification AS n ON n.id = d.notification
WHERE d.destination = :destination AND d.state IN ('due', 'leased')
    AND NOT EXISTS (
        SELECT 1 FROM notification AS earlier JOIN delivery AS waiting
            ON waiting.notification = earlier.id AND waiting.destination = d.destination
        WHERE earlier.alert = n.alert AND earlier.sequence < n.sequence AND waiting.state IN ('due', 'leased'));
