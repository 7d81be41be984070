-- For wildcards and address ranges: every string that is compared as it stands.
SELECT id, text FROM string WHERE folded IS NULL;
