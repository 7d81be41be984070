-- What must not be pruned.
INSERT INTO hold (id, entity, alert, span_from, span_to, author, reason, created_at)
VALUES (:id, :entity, :alert, :span_from, :span_to, :author, :reason, :created_at);
