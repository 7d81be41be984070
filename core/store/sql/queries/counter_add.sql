-- Row counts move with the rows, in one transaction.
UPDATE counter SET value = value + :value WHERE name = :name;
