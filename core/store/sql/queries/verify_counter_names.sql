-- Which counters there are.
SELECT count(*), count(*) FILTER (WHERE name IN ('events', 'revisions', 'rejections')) FROM counter;
