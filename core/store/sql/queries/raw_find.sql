-- The octets of the revision that is shown, and their digest.
SELECT r.octets, e.sha256 FROM event_raw AS r JOIN event AS e ON e.seq = r.event WHERE r.event = :event;
