-- The exact counts of a digest. One notification that several destinations did not get is one.
SELECT count(DISTINCT d.notification), count(DISTINCT n.alert), count(DISTINCT CASE WHEN a.state <> 'resolved' THEN a.seq END),
    coalesce(max(a.severity), 0), coalesce(min(a.first_event_at), 0), coalesce(max(a.last_event_at), 0)
FROM delivery AS d INDEXED BY delivery_told_in JOIN notification AS n ON n.id = d.notification JOIN alert AS a ON a.seq = n.alert
WHERE d.told_in = :notification;
