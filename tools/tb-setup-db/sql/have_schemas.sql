--: title schemas as they are in this database
-- $1 names.
SELECT n.nspname AS name
  FROM pg_catalog.pg_namespace AS n
 WHERE n.nspname = ANY ($1::text[])
