-- The figures of /metrics and `status`; nothing here walks the events.
SELECT (SELECT value FROM counter WHERE name = 'events'),
    (SELECT value FROM counter WHERE name = 'revisions'),
    (SELECT value FROM counter WHERE name = 'rejections'),
    (SELECT count(*) FROM alert),
    (SELECT count(*) FROM delivery WHERE state IN ('due', 'leased')),
    (SELECT count(*) FROM delivery WHERE state = 'dead');
