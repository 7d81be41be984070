-- Does the alert of that id rest on the event?
SELECT 1 FROM alert_event WHERE event = :event AND alert = (SELECT seq FROM alert WHERE id = :id);
