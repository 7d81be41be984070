-- Tells at opening, without a write, whether the program knows feeds that the file does not.
SELECT count(*) FROM feed;
