-- Which events an alert rests on, as the chain covers it.
SELECT alert, event FROM alert_event WHERE (alert, event) >= (:first, :second) ORDER BY alert, event;
