-- Evidence pack: what people did about one alert, whenever that was: :alert_id.
SELECT u.seq, u.at, u.actor, u.action, u.detail
FROM audit_trail AS u
WHERE u.object = :alert_id
ORDER BY u.seq;
