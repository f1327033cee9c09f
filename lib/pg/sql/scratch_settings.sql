--: title settings that sessions of this role begin with in this database
-- But who they are: another role might not own the scratch database.
SELECT pg_catalog.split_part(c.text, '=', 1) AS name,
       pg_catalog.substr(c.text, pg_catalog.strpos(c.text, '=') + 1) AS value
  FROM pg_catalog.pg_db_role_setting AS s
  JOIN pg_catalog.pg_database AS d ON d.oid = s.setdatabase
 CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) AS c(text)
 WHERE d.datname = pg_catalog.current_database()
   AND (s.setrole = 0
        OR s.setrole = (SELECT r.oid
             FROM pg_catalog.pg_roles AS r
            WHERE r.rolname = CURRENT_USER))
   AND c.text !~ '^(role|session_authorization)='
 ORDER BY s.setrole
