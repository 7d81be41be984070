-- A pruned record trains no dictionary.
DELETE FROM dictionary_sample WHERE feed = :feed AND event = :event;
