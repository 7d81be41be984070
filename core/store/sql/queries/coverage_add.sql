-- Event time that was read completely.
INSERT INTO coverage_span (feed, span_from, span_to) VALUES (:feed, :from, :to);
