-- A pruned rejection.
DELETE FROM rejection WHERE seq = :seq;
