-- The id of an event that goes, for its receipt.
SELECT key, id FROM event WHERE seq = :seq;
