-- The octets of the revision that is shown.
INSERT INTO event_raw (event, octets) VALUES (:event, :octets) ON CONFLICT (event) DO UPDATE SET octets = excluded.octets;
