-- Which migrations made the schema, as the chain covers them.
SELECT version, name, applied_at FROM migration WHERE version >= :first ORDER BY version;
