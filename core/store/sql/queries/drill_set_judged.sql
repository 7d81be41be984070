-- Whether its alert came has been looked at.
UPDATE drill SET judged_at = :now WHERE number = :number AND judged_at IS NULL;
