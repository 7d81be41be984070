-- The octets of the revision that is shown, for searching and printing.
SELECT octets FROM event_raw WHERE event = :event;
