-- What filters hid: alerts that nobody was told of, and how many events they count.
SELECT suppressed_by, rule_name, count(*), sum(count), max(last_event_at)
FROM alert INDEXED BY alert_suppressed WHERE suppressed_by IS NOT NULL
GROUP BY suppressed_by, rule_name ORDER BY suppressed_by, rule_name;
