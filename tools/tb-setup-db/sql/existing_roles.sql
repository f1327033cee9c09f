--: title which of these roles exist
-- $1 names.
SELECT r.rolname AS name,
       NULL::text AS verifier
  FROM pg_catalog.pg_roles AS r
 WHERE r.rolname = ANY ($1::text[])
