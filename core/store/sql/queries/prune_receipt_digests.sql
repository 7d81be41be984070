-- The digests of the rows that a receipt names.
SELECT digests FROM prune_receipt WHERE number = :number;
