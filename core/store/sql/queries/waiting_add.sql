-- A finding waits; one that waits already keeps its time.
INSERT INTO waiting_finding (rule, event, due_at, look_at, overdue_at)
VALUES (:rule, :event, :due_at, :look_at, :overdue_at)
ON CONFLICT (rule, event) DO NOTHING;
