-- The records to train on.
SELECT r.octets FROM dictionary_sample AS s JOIN event_raw AS r ON r.event = s.event WHERE s.feed = :feed ORDER BY s.event;
