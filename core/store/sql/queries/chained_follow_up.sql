-- Escalations and reminders, as the chain covers them.
SELECT number, alert, kind, step, from_destination, to_destination, reason, waited, at, notification FROM follow_up
WHERE number >= :first ORDER BY number;
