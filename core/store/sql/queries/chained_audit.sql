-- What people did, as the chain covers it.
SELECT seq, at, actor, action, object, detail FROM audit WHERE seq >= :first ORDER BY seq;
