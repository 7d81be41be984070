-- When the newest complete window of this pass was opened: the planner's clock.
INSERT INTO feed_pass (feed, pass, opened_at) VALUES (:feed, :pass, :opened_at)
ON CONFLICT (feed, pass) DO UPDATE SET opened_at = max(opened_at, excluded.opened_at);
