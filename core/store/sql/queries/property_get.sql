-- Facts about the file itself.
SELECT value FROM property WHERE name = :name;
