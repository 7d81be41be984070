-- A window ends, complete or abandoned; one that has ended stays as it is.
UPDATE feed_window SET state = :state, reason = :reason, closed_at = :closed_at WHERE id = :id AND state = 'open'
RETURNING feed, pass, span_from, span_to, opened_at, (SELECT text FROM string WHERE id = time_property);
