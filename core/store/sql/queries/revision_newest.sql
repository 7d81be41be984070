-- Revisions are numbered in the order in which they came; the shown one may have any of the numbers.
SELECT max(revision) FROM event_revision WHERE event = :event;
