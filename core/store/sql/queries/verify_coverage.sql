-- What is written of the coverage.
SELECT feed, span_from, span_to FROM coverage_span ORDER BY feed, span_from;
