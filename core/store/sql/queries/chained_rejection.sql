-- Octets that could not become an event, as the chain covers them.
SELECT seq, feed, received, reason, sha256, octets FROM rejection WHERE seq >= :first ORDER BY seq;
