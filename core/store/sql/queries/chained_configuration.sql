-- When which settings and rules came into force, as the chain covers it.
SELECT seq, at, occasion, program, settings, rules FROM configuration WHERE seq >= :first ORDER BY seq;
