-- Names, ids and addresses, as the chain covers them: other rows name them by number.
SELECT id, text, folded FROM string WHERE id >= :first ORDER BY id;
