-- An event belongs to an alert once, however often it is read.
INSERT INTO alert_event (alert, event) VALUES (:alert, :event) ON CONFLICT DO NOTHING;
