-- A digest is written after the rows it tells of are known.
UPDATE notification SET body = :body, severity = :severity WHERE id = :id;
