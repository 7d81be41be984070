-- Leases of an earlier process: it will not come back.
UPDATE delivery SET state = 'due', lease_until = NULL WHERE state = 'leased';
