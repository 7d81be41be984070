-- Event time that was read completely, oldest first.
SELECT span_from, span_to FROM coverage_span WHERE feed = :feed ORDER BY span_from;
