-- Is this notification an escalation or a reminder, and why?
SELECT a.id, f.kind, f.step, coalesce(f.from_destination, ''), coalesce(f.to_destination, ''), f.reason, f.waited, f.at, f.notification
FROM follow_up AS f JOIN alert AS a ON a.seq = f.alert WHERE f.notification = :notification;
