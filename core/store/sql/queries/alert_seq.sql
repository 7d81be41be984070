-- The number by which other rows name an alert.
SELECT seq FROM alert WHERE id = :id;
