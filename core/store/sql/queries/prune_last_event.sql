-- The highest number of an event: it stays, because numbers are not given twice.
SELECT max(seq) FROM event;
