-- Which migration made this schema, and when: the auditor's first question about a file.
INSERT INTO migration (version, name, applied_at) VALUES (:version, :name, :applied_at);
