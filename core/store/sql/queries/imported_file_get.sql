-- How far a file was imported.
SELECT bytes, lines, ending FROM imported_file WHERE path = :path;
