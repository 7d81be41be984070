-- Which alerts rested on the event.
SELECT alert FROM alert_event WHERE event = :event ORDER BY alert;
