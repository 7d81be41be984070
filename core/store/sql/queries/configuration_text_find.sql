-- Were these settings in force before?
SELECT id FROM configuration_text WHERE sha256 = :sha256;
