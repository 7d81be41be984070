-- Every try of a delivery, in order.
SELECT number, started_at, ended_at, remote_address, http_status, verdict, detail, request_sha256, retry_after
FROM attempt WHERE delivery = :delivery ORDER BY number;
