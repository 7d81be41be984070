-- The entries of the chain that an evidence pack takes along.
SELECT entry, body, hash FROM chain WHERE entry >= :first AND entry <= :last ORDER BY entry;
