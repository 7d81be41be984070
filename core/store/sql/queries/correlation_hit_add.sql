-- An event matched a step of a correlation; hits of one value in one grain of time are one row.
INSERT INTO correlation_hit (rule, group_key, grain, step, value, first_at, last_at, event, forget_after)
VALUES (:rule, :group_key, :grain, :step, :value, :at, :at, :event, :forget_after)
ON CONFLICT (rule, group_key, grain, step, value) DO UPDATE SET
    first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at),
    forget_after = max(forget_after, excluded.forget_after);
