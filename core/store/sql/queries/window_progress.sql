-- What one page added to its window; in the transaction of the page.
UPDATE feed_window SET pages = pages + :pages, rows = rows + :rows, fresh = fresh + :fresh, revised = revised + :revised,
    rejected = rejected + :rejected, worst_lateness = max(worst_lateness, :worst_lateness)
WHERE id = :id AND state = 'open';
