-- For wildcards and addresses of which the beginning is known: the strings between two that are compared as they stand; the index on
-- the text answers.
SELECT id, text FROM string WHERE text >= :from AND text < :to AND folded IS NULL;
