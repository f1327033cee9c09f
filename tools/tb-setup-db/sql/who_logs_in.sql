--: title which of these roles may log in
-- $1 names.
SELECT r.rolname AS name
  FROM pg_catalog.pg_roles AS r
 WHERE r.rolname = ANY ($1::text[])
   AND r.rolcanlogin
