-- A row of the events view, without the octets.
SELECT e.seq, e.feed, e.key, e.id, e.revision, e.time, e.received, (SELECT text FROM string WHERE id = e.activity),
    (SELECT text FROM string WHERE id = e.category), (SELECT text FROM string WHERE id = e.service),
    (SELECT text FROM string WHERE id = e.outcome), (SELECT text FROM string WHERE id = e.actor_kind),
    (SELECT text FROM string WHERE id = e.actor_id), (SELECT text FROM string WHERE id = e.actor_name),
    (SELECT text FROM string WHERE id = e.actor_ip), (SELECT text FROM string WHERE id = e.target_kind),
    (SELECT text FROM string WHERE id = e.target_id), (SELECT text FROM string WHERE id = e.target_name), e.correlation
FROM event AS e WHERE e.seq = :seq;
