-- Settings and rules came into force.
INSERT INTO configuration (at, occasion, program, settings, rules) VALUES (:at, :occasion, :program, :settings, :rules);
