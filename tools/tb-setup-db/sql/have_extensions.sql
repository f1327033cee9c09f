--: title extensions as they are in this database
-- $1 names.  Some say in their control file which schema they must go into.
SELECT w.name,
       e.oid IS NOT NULL AS installed,
       a.name IS NOT NULL AS available,
       v.schema
  FROM pg_catalog.unnest($1::text[]) AS w(name)
  LEFT JOIN pg_catalog.pg_extension AS e ON e.extname = w.name
  LEFT JOIN pg_catalog.pg_available_extensions() AS a ON a.name = w.name
  LEFT JOIN pg_catalog.pg_available_extension_versions() AS v
    ON v.name = a.name AND v.version = a.default_version
