-- Findings whose time to be looked at has come, the longest waiting first.
SELECT (SELECT text FROM string WHERE id = w.rule), w.event, w.due_at, w.overdue_at, e.feed, e.time, e.revision
FROM waiting_finding AS w INDEXED BY waiting_finding_look JOIN event AS e ON e.seq = w.event
WHERE w.look_at <= :now ORDER BY w.look_at LIMIT :most;
