-- How much there is to train on, after a restart.
SELECT count(*), coalesce(sum(bytes), 0) FROM dictionary_sample WHERE feed = :feed;
