-- The shown revision makes room for a newer one and stays in evidence, octets as they are.
INSERT INTO event_revision (event, revision, updated, received, sha256, octets, row_sha256)
SELECT e.seq, e.revision, e.updated, e.received, e.sha256, r.octets, :row_sha256
FROM event AS e JOIN event_raw AS r ON r.event = e.seq WHERE e.seq = :event;
