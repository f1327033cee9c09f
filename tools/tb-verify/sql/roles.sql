--: title statements that make the roles of this server on another
SELECT pg_catalog.format('CREATE ROLE %I NOLOGIN', r.rolname) AS sql
  FROM pg_catalog.pg_roles AS r
 WHERE r.rolname !~ '^pg_'
 ORDER BY r.rolname COLLATE "C"
