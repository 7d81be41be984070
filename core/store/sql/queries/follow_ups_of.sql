-- What the alert was told once more for, and to whom, in order.
SELECT a.id, f.kind, f.step, coalesce(f.from_destination, ''), coalesce(f.to_destination, ''), f.reason, f.waited, f.at, f.notification
FROM alert AS a JOIN notification AS n ON n.alert = a.seq JOIN follow_up AS f ON f.notification = n.id
WHERE a.id = :alert_id ORDER BY n.sequence;
