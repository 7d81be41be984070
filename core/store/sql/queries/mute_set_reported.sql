-- What it hid was reported, or there was nothing to report.
UPDATE mute SET reported_at = :now WHERE number = :number;
