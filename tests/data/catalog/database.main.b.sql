ALTER DATABASE b SET search_path = app, "$user";
ALTER ROLE verify_alice IN DATABASE b SET application_name = 'none';
ALTER ROLE verify_alice IN DATABASE b SET work_mem = '5MB';
ALTER DATABASE b OWNER TO verify_super;
ALTER DATABASE b CONNECTION LIMIT 5;
COMMENT ON DATABASE b IS 'the second';
GRANT ALL ON DATABASE b TO verify_alice;
REVOKE CONNECT ON DATABASE b FROM PUBLIC;
SELECT lo_create(1001), lo_create(1002), lo_create(1003), lo_create(1004);
ALTER LARGE OBJECT 1001 OWNER TO "Verify ""Bob""";
ALTER LARGE OBJECT 1002 OWNER TO verify_super;
ALTER LARGE OBJECT 1003 OWNER TO verify_super;
ALTER LARGE OBJECT 1004 OWNER TO verify_super;
GRANT SELECT, UPDATE ON LARGE OBJECT 1002 TO verify_alice;
COMMENT ON LARGE OBJECT 1003 IS 'drei';
GRANT TEMPORARY ON DATABASE b TO "Verify ""Bob""" WITH GRANT OPTION;
-- No provider is at hand: the rows are written by hand.
SET allow_system_table_mods = on;
COMMENT ON LARGE OBJECT 1004 IS 'come';
INSERT INTO pg_catalog.pg_seclabel
    VALUES (1004, 'pg_largeobject'::regclass, 0, 'dummy', 'it''s b');
INSERT INTO pg_catalog.pg_shseclabel
    SELECT oid, 'pg_database'::regclass, 'dummy', 'b'
      FROM pg_catalog.pg_database WHERE datname = 'b';
