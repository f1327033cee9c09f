--: title what an interrupted REINDEX CONCURRENTLY left behind
-- $1 says of what kind $2 is, as the statement writes it.  Indexes of TOAST
-- tables count, too.
SELECT c.oid,
       n.nspname AS schema,
       c.relname AS index_name,
       pg_catalog.format('%I.%I', n.nspname, c.relname) AS index
  FROM pg_catalog.pg_index AS x
  JOIN pg_catalog.pg_class AS c ON c.oid = x.indexrelid
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_class AS t
    ON t.oid = x.indrelid
    OR t.reltoastrelid = x.indrelid
 WHERE NOT x.indisvalid
   AND c.relkind = 'i'
   AND c.relname ~ '_cc(new|old)[0-9]*$'
   AND t.relkind IN ('r', 'm', 'p')
   AND CASE $1
           WHEN 'index' THEN t.oid = (
               SELECT i.indrelid
                 FROM pg_catalog.pg_index AS i
                WHERE i.indexrelid = pg_catalog.to_regclass($2))
           WHEN 'table' THEN t.oid IN (
               SELECT pg_catalog.to_regclass($2)::pg_catalog.oid
                UNION ALL
               SELECT p.relid
                 FROM pg_catalog.pg_partition_tree(
                      pg_catalog.to_regclass($2)) AS p)
           WHEN 'schema' THEN t.relnamespace = (
               SELECT s.oid
                 FROM pg_catalog.pg_namespace AS s
                WHERE s.nspname =
                      (pg_catalog.parse_ident($2))[1]::pg_catalog.name)
           ELSE true
       END
 ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
