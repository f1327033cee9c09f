CREATE SCHEMA collations;
CREATE COLLATION collations.c (PROVIDER = builtin, LOCALE = 'C');

CREATE SCHEMA subscription;
CREATE SUBSCRIPTION options CONNECTION 'host=/nowhere' PUBLICATION p
    WITH (connect = false, slot_name = NONE, streaming = off);
