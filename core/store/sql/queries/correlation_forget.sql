-- What no correlation can need any more.
DELETE FROM correlation_hit WHERE forget_after < :now;
