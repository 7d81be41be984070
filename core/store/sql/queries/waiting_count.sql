-- How many findings of a rule wait, counted up to a limit.
SELECT count(*) FROM (SELECT 1 FROM waiting_finding WHERE rule = :rule LIMIT :most);
