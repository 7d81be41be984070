-- Windows that were read to their end, for working out the coverage again.
SELECT feed, span_from, span_to, (SELECT text FROM string WHERE id = time_property)
FROM feed_window WHERE state = 'complete' ORDER BY feed, span_from;
