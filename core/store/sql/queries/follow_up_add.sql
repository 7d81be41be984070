-- The alert is told once more, and why.
INSERT INTO follow_up (alert, kind, step, from_destination, to_destination, reason, waited, at, notification)
VALUES (:alert, :kind, :step, nullif(:from_destination, ''), nullif(:to_destination, ''), :reason, :waited, :at, :notification);
