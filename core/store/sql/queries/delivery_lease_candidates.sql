-- What may be sent now: due, or leased by someone who never came back. A notification waits for the earlier ones of its alert at the
-- same destination, so that nobody hears of a resolution before the alert.
SELECT d.id FROM delivery AS d INDEXED BY delivery_waiting JOIN notification AS n ON n.id = d.notification
WHERE d.destination = :destination AND d.state IN ('due', 'leased')
    AND CASE d.state WHEN 'leased' THEN d.lease_until ELSE d.due_at END <= :now
    AND NOT EXISTS (
        SELECT 1 FROM notification AS earlier JOIN delivery AS waiting
            ON waiting.notification = earlier.id AND waiting.destination = d.destination
        WHERE earlier.alert = n.alert AND earlier.sequence < n.sequence AND waiting.state IN ('due', 'leased'))
ORDER BY d.severity DESC, d.id LIMIT :limit;
