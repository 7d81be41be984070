-- A string that was never seen before; `folded` is NULL when it is its own folded form.
INSERT INTO string (text, folded) VALUES (:text, :folded);
