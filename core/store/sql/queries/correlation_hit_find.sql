-- Is there a row of this step and value close to that time?
SELECT first_at, last_at FROM correlation_hit
WHERE rule = :rule AND group_key = :group_key AND grain = :grain AND step = :step AND value = :value;
