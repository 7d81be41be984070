-- The spellings of a folded string: it is the first of them if it was ever sent like that.
SELECT id FROM string WHERE id = :folded UNION ALL SELECT id FROM string WHERE folded = :folded;
