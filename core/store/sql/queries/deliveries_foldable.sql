-- What a digest may tell in the stead of: neither the first word about a critical alert nor a person's word nor another digest. Rows that wait
-- for a lease of an earlier one wait on. Without bodies, which nobody reads then.
SELECT d.id, d.notification, d.destination, d.webhook_id, d.state, d.attempts, coalesce(d.renewed_at, d.created_at), d.due_at, d.lease_until,
    a.id, n.type, '', d.severity, d.last_answer, (SELECT m.id FROM mute AS m WHERE m.number = d.muted_by),
    (SELECT told.webhook_id FROM delivery AS told WHERE told.notification = d.told_in AND told.destination = d.destination)
FROM delivery AS d INDEXED BY delivery_waiting JOIN notification AS n ON n.id = d.notification JOIN alert AS a ON a.seq = n.alert
WHERE d.destination = :destination AND d.state IN ('due', 'leased') AND d.state = 'due' AND d.due_at <= :now AND n.type IN ('alert.opened', 'alert.updated')
    AND NOT (d.severity = 4 AND n.type = 'alert.opened') AND a.unsilenceable = 0 AND a.test = 0
    AND NOT EXISTS (
        SELECT 1 FROM notification AS earlier JOIN delivery AS leased ON leased.notification = earlier.id AND leased.destination = d.destination
        WHERE earlier.alert = n.alert AND leased.state = 'leased')
ORDER BY d.severity DESC, d.id LIMIT :limit;
