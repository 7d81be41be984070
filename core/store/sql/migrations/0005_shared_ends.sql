-- The new value of a property without what it shares with the old one: `shared_start` characters at its beginning and `shared_end` at
-- its end. NULL: the new value is whole. Long values are alike but for a few words; stored twice they were a third of the file.
ALTER TABLE event_change ADD COLUMN shared_start INTEGER;
ALTER TABLE event_change ADD COLUMN shared_end INTEGER;

DROP VIEW event_changes;
CREATE VIEW event_changes AS
SELECT c.event AS event,
    property.text AS property,
    c.old_value AS old_value,
    CASE WHEN c.shared_start IS NULL THEN c.new_value
        ELSE substr(c.old_value, 1, c.shared_start) || c.new_value || substr(c.old_value, length(c.old_value) - c.shared_end + 1)
        END AS new_value,
    c.position AS position
FROM event_change AS c
LEFT JOIN string AS property ON property.id = c.property;
