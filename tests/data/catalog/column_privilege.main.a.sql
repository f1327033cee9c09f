\ir objects.inc
GRANT SELECT (a), UPDATE (a), SELECT (b) ON s.t TO verify_alice;
GRANT INSERT (c) ON s.t TO verify_alice WITH GRANT OPTION;
