-- A window begins.
INSERT INTO feed_window (feed, pass, span_from, span_to, time_property, opened_at, state)
VALUES (:feed, :pass, :span_from, :span_to, :time_property, :opened_at, 'open');
