-- A file was imported up to there.
INSERT INTO imported_file (path, bytes, lines, ending, read_at) VALUES (:path, :bytes, :lines, :ending, :read_at)
ON CONFLICT (path) DO UPDATE SET bytes = excluded.bytes, lines = excluded.lines, ending = excluded.ending, read_at = excluded.read_at;
