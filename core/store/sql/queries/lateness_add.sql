-- Rows that a page of this window showed for the first time, by how late they came.
INSERT INTO lateness (feed, day, pass, bucket, rows, worst)
SELECT feed, :day, pass, :bucket, :rows, :worst FROM feed_window WHERE id = :window
ON CONFLICT (feed, day, pass, bucket) DO UPDATE SET rows = rows + excluded.rows, worst = max(worst, excluded.worst);
