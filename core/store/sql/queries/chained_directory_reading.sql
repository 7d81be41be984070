-- What the tenant's directory said last, as the chain covers it.
SELECT id, saved_at, json FROM directory_reading WHERE id >= :first ORDER BY id;
