-- Spans that a wider one takes in.
DELETE FROM coverage_span WHERE feed = :feed AND span_from >= :from AND span_to <= :to;
