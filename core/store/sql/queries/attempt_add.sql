-- Every try is kept, numbered from 1.
INSERT INTO attempt (delivery, number, started_at, ended_at, remote_address, http_status, verdict, detail, request_sha256, retry_after)
VALUES (:delivery, (SELECT coalesce(max(number), 0) + 1 FROM attempt WHERE delivery = :delivery), :started_at, :ended_at,
    :remote_address, :http_status, :verdict, :detail, :request_sha256, :retry_after)
RETURNING number;
