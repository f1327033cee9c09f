--: title who is connected, and to what kind of server
SELECT r.rolname AS name,
       r.rolsuper AS superuser,
       r.rolcreaterole AS createrole,
       r.rolcreatedb AS createdb,
       pg_catalog.has_column_privilege('pg_catalog.pg_authid', 'rolpassword',
           'SELECT') AS reads_passwords,
       pg_catalog.pg_is_in_recovery() AS standby,
       pg_catalog.pg_backend_pid() AS pid
  FROM pg_catalog.pg_roles AS r
 WHERE r.rolname = current_user
