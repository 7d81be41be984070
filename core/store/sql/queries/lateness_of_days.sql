-- How late the rows of a feed came, by the pass that saw them first, in all days from one on.
SELECT pass, bucket, sum(rows), max(worst) FROM lateness WHERE feed = :feed AND day >= :day GROUP BY pass, bucket;
