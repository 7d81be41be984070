-- When was this account tried last, with an alert that came of it?
SELECT max(d.ends_at) FROM drill AS d WHERE d.account = :account AND EXISTS (SELECT 1 FROM alert AS a WHERE a.drill = d.id);
