-- A dictionary is never replaced: older frames need theirs.
INSERT INTO dictionary (id, feed, trained_at, octets) VALUES (:id, :feed, :trained_at, :octets);
