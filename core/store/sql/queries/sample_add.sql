-- A record that a feed's dictionary will be trained on.
INSERT INTO dictionary_sample (feed, event, bytes) VALUES (:feed, :event, :bytes);
