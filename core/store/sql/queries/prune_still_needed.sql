-- Is an alert that rests on this event still open or still to be told, does a correlation wait for others, or a rule for what comes?
SELECT 1 FROM alert_event AS l JOIN alert AS a ON a.seq = l.alert
WHERE l.event = :event AND a.suppressed_by IS NULL AND (a.state <> 'resolved' OR EXISTS (
    SELECT 1 FROM notification AS n JOIN delivery AS d ON d.notification = n.id
    WHERE n.alert = a.seq AND (d.state IN ('due', 'leased') OR (d.state = 'muted' AND d.told_in IS NULL))))
UNION ALL SELECT 1 FROM correlation_hit WHERE event = :event
UNION ALL SELECT 1 FROM waiting_finding WHERE event = :event LIMIT 1;
