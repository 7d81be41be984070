-- Rejected octets come again with every overlapping window.
SELECT seq FROM rejection WHERE feed = :feed AND sha256 = :sha256;
