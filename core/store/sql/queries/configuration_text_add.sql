-- Settings or a list of rules, once.
INSERT INTO configuration_text (sha256, text) VALUES (:sha256, :text);
