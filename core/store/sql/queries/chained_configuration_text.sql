-- Settings and lists of rules that were in force, as the chain covers them.
SELECT id, sha256, text FROM configuration_text WHERE id >= :first ORDER BY id;
