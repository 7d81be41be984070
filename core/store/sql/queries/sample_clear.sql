-- A trained dictionary needs its samples no more.
DELETE FROM dictionary_sample WHERE feed = :feed;
