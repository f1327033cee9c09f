--: title is the tenant's schema there, and did the session get its search_path
-- $1 is the schema.  path is what RESET ALL leads back to.
SELECT EXISTS (SELECT
         FROM pg_catalog.pg_namespace AS n
        WHERE n.nspname = $1::pg_catalog.text) AS there,
       s.reset_val AS path
  FROM pg_catalog.pg_settings AS s
 WHERE s.name = 'search_path'
