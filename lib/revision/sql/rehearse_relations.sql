--: title the relations that are there before statements are rehearsed
-- The counters of a transaction may begin with what the session did before.
SELECT c.oid,
       pg_catalog.format('%I.%I', n.nspname, c.relname) AS name,
       CASE c.relkind
           WHEN 'r' THEN 'table'
           WHEN 'p' THEN 'partitioned table'
           WHEN 'i' THEN 'index'
           WHEN 'I' THEN 'partitioned index'
           WHEN 'S' THEN 'sequence'
           WHEN 'v' THEN 'view'
           WHEN 'm' THEN 'materialized view'
           WHEN 'f' THEN 'foreign table'
           ELSE 'composite type'
       END AS kind,
       c.relfilenode,
       i.indrelid AS owner,
       CASE WHEN c.relkind IN ('r', 'm')
           THEN pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid)
               + pg_catalog.pg_stat_get_xact_tuples_updated(c.oid)
               + pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid)
           ELSE 0
       END AS tuples
  FROM pg_catalog.pg_class AS c
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_index AS i ON i.indexrelid = c.oid
 WHERE c.oid >= 16384
   AND c.relpersistence <> 't'
   AND c.relkind <> 't'
   AND n.nspname !~ '^pg_'
 ORDER BY c.oid
