-- Leases of an earlier process: it will not come back. The first condition lets the index of waiting rows answer.
UPDATE delivery SET state = 'due', lease_until = NULL WHERE state IN ('due', 'leased') AND state = 'leased';
