-- Revisions that are not shown, as the chain covers them; with the digest that the row of `event` had while it showed them.
SELECT event, revision, updated, received, row_sha256, sha256, octets
FROM event_revision WHERE (event, revision) >= (:first, :second) ORDER BY event, revision;
