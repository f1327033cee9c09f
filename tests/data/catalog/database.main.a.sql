ALTER DATABASE a SET search_path = "$user", app;
ALTER DATABASE a SET work_mem = '5MB';
ALTER ROLE verify_alice IN DATABASE a SET application_name = 'it''s';
GRANT CREATE ON DATABASE a TO verify_alice;
SELECT lo_create(1001), lo_create(1002), lo_create(1003), lo_create(1004);
ALTER LARGE OBJECT 1001 OWNER TO verify_alice;
GRANT SELECT ON LARGE OBJECT 1002 TO verify_alice;
COMMENT ON LARGE OBJECT 1003 IS 'three';
