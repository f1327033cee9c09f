\ir objects.inc
ALTER TABLE s.t OWNER TO verify_alice;
ALTER SCHEMA public OWNER TO verify_alice;
