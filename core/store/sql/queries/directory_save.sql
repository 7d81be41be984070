-- What the tenant's directory said last.
INSERT INTO directory_reading (id, saved_at, json) VALUES (1, :saved_at, :json)
ON CONFLICT (id) DO UPDATE SET saved_at = excluded.saved_at, json = excluded.json;
