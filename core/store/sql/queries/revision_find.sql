-- Octets that were seen before, as an older revision, are no news.
SELECT revision FROM event_revision WHERE event = :event AND sha256 = :sha256;
