-- What is to be told; notifications of an alert are numbered from 1.
INSERT INTO notification (alert, sequence, type, severity, created_at, body)
VALUES (:alert, (SELECT coalesce(max(sequence), 0) + 1 FROM notification WHERE alert = :alert), :type, :severity, :created_at, :body);
