-- What the tenant's directory said last.
SELECT json FROM directory_reading WHERE id = 1;
