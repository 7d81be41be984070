-- Tables, indexes, triggers and views as they are: a view that leaves out a row hides it.
SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY type, name;
