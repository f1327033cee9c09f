--: title the stored verifiers of roles, for those who may read them
-- $1 names.
SELECT a.rolname AS name,
       a.rolpassword AS verifier
  FROM pg_catalog.pg_authid AS a
 WHERE a.rolname = ANY ($1::text[])
