-- One more entry.
INSERT INTO chain (entry, body, hints, hash) VALUES (:entry, :body, :hints, :hash);
