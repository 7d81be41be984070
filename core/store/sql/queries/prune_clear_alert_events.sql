-- The links of a pruned event to alerts that are over.
DELETE FROM alert_event WHERE event = :event;
