-- The oldest rejections, from a place on; the newest of all stays, because numbers are not given twice.
SELECT received, feed, seq FROM rejection WHERE seq > :after AND seq < (SELECT max(seq) FROM rejection) ORDER BY seq LIMIT :most;
