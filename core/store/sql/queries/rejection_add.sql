-- Octets that could not become an event, once.
INSERT INTO rejection (feed, received, reason, sha256, octets) VALUES (:feed, :received, :reason, :sha256, :octets);
