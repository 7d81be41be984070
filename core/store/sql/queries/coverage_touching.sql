-- The reach of a span together with those that it touches or overlaps; NULLs when there are none.
SELECT min(span_from), max(span_to) FROM coverage_span WHERE feed = :feed AND span_from <= :to AND span_to >= :from;
