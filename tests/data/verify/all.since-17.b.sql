CREATE SCHEMA collations;
CREATE COLLATION collations.c (PROVIDER = builtin, LOCALE = 'C.UTF-8');

CREATE SCHEMA subscription;
CREATE SUBSCRIPTION options CONNECTION 'host=/nowhere' PUBLICATION p
    WITH (connect = false, slot_name = NONE, streaming = parallel,
    origin = none, password_required = false, run_as_owner = true,
    failover = true);
