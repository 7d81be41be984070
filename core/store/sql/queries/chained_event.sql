-- Events in their newest revision, as the chain covers them; the changes of an event follow its columns.
SELECT e.seq, e.day, e.key_day, e.feed, e.key, e.id, e.time, e.updated, e.received, e.revision, e.activity, e.category, e.service,
    e.outcome, e.actor_kind, e.actor_id, e.actor_name, e.actor_ip, e.target_kind, e.target_id, e.target_name, e.correlation, e.sha256,
    r.octets
FROM event AS e LEFT JOIN event_raw AS r ON r.event = e.seq WHERE e.seq >= :first ORDER BY e.seq;
