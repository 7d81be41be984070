-- The number of a string that was seen before.
SELECT id FROM string WHERE text = :text;
