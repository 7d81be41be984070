-- The dictionary that a frame names.
SELECT octets FROM dictionary WHERE id = :id;
