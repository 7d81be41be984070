-- When the newest complete window of each pass was opened, by the windows; and what is written of it.
SELECT coalesce(w.feed, p.feed), coalesce(w.pass, p.pass), w.opened_at, p.opened_at
FROM (SELECT feed, pass, max(opened_at) AS opened_at FROM feed_window WHERE state = 'complete' GROUP BY feed, pass) AS w
FULL JOIN feed_pass AS p ON p.feed = w.feed AND p.pass = w.pass
WHERE w.opened_at IS NOT p.opened_at;
