-- Which rules a digest is about, and how many alerts of each.
SELECT a.rule_name, count(DISTINCT a.seq)
FROM delivery AS d INDEXED BY delivery_told_in JOIN notification AS n ON n.id = d.notification JOIN alert AS a ON a.seq = n.alert
WHERE d.told_in = :notification GROUP BY a.rule_name ORDER BY 2 DESC, 1 LIMIT :limit;
