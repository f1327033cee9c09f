--: title indexes that a failed build left behind
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name,
       i.indrelid::pg_catalog.regclass::text AS relation,
       c.relname ~ '_cc(new|old)[0-9]*$' AS left_over
  FROM pg_catalog.pg_index AS i
  JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
 WHERE NOT (i.indisvalid AND i.indisready AND i.indislive)
   AND c.relkind = 'i'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_stat_progress_create_index AS p
        WHERE p.index_relid = i.indexrelid)
 ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
