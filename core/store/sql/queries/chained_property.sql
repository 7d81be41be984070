-- What the chain covers of the facts about the file: whose it is. The others move by themselves.
SELECT 1, (SELECT value FROM property WHERE name = 'tenant'), (SELECT value FROM property WHERE name = 'created_at') WHERE :first <= 1;
