-- A revision that came later than a newer one: kept, not shown.
INSERT INTO event_revision (event, revision, updated, received, sha256, octets)
VALUES (:event, :revision, :updated, :received, :sha256, :octets);
