-- For wildcards and address ranges: every string that is compared in another form.
SELECT id, folded FROM string WHERE folded IS NOT NULL;
