\ir objects.inc
GRANT SELECT, UPDATE ON s.t TO verify_alice;
GRANT SELECT ON s.v TO verify_alice;
GRANT SELECT ON s.m TO verify_alice WITH GRANT OPTION;
-- The default written out is no difference.
GRANT ALL ON s.parted TO CURRENT_USER;
GRANT EXECUTE ON PROCEDURE s.p(integer) TO PUBLIC;
GRANT USAGE ON TYPE s.e TO PUBLIC;
-- Nor is who granted.
GRANT ALL ON s.serial TO verify_super WITH GRANT OPTION;
GRANT SELECT ON s.serial TO verify_alice;
