-- The views print feeds by name; the program's table is the source.
INSERT INTO feed (id, name) VALUES (:id, :name) ON CONFLICT (id) DO NOTHING;
