-- Where tables of a name are: $1 the name, $2 a schema or null for all.
SELECT n.nspname AS schema
  FROM pg_catalog.pg_class AS c
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
 WHERE c.relname = $1::pg_catalog.name
   AND c.relkind IN ('r', 'p', 'v', 'f')
   AND ($2::pg_catalog.text IS NULL OR n.nspname = $2::pg_catalog.name)
   AND n.nspname <> 'information_schema'
   AND n.nspname !~ '^pg_'
 ORDER BY n.nspname COLLATE "C"
