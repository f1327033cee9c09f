\ir objects.inc
GRANT SELECT (a) ON s.t TO verify_alice;
GRANT ALL (b) ON s.t TO verify_alice;
GRANT INSERT (c) ON s.t TO verify_alice;
GRANT SELECT (c) ON s.t TO PUBLIC;
GRANT SELECT (one) ON s.v TO "Verify ""Bob""";
GRANT SELECT (one) ON s.m TO verify_alice;
GRANT SELECT (a) ON s.ft TO verify_alice;
GRANT SELECT (rolpassword) ON pg_catalog.pg_authid TO verify_alice;
