-- Every try, as the chain covers it.
SELECT delivery, number, started_at, ended_at, remote_address, http_status, verdict, detail, request_sha256, retry_after
FROM attempt WHERE (delivery, number) >= (:first, :second) ORDER BY delivery, number;
