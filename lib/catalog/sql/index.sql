--: title index
--: class index
--: order 65
-- definition is the whole CREATE INDEX, without the tablespace.  The index
-- of a constraint belongs to the constraint.  That of a partition belongs to
-- the index on the partitioned table, which is therefore not made with ONLY,
-- as the server prints it, and is valid when no partition lacks its own.
--
-- A server before 15 has no indnullsnotdistinct: the name then means the
-- outer query's.
SELECT 'pg_catalog.pg_class'::regclass::oid AS classid,
       c.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I', n.nspname, c.relname) AS identity,
       pg_catalog.format('%s %I.%I',
           CASE t.relkind WHEN 'm' THEN 'materialized-view' ELSE 'table' END,
           tn.nspname, t.relname) AS parent,
       CASE c.relkind
           WHEN 'I' THEN o.without || pg_catalog.substr(
               pg_catalog.pg_get_indexdef(c.oid),
               pg_catalog.length(o.without || 'ONLY ') + 1)
           ELSE pg_catalog.pg_get_indexdef(c.oid)
       END AS definition,
       am.amname::text AS method,
       i.indisunique::text AS unique,
       i.nullsnotdistinct::text AS nulls_not_distinct,
       (i.indisvalid AND i.indisready)::text AS valid,
       i.indisclustered::text AS clustered,
       i.indisreplident::text AS replica_identity,
       ts.spcname::text AS tablespace,
       CASE WHEN i.indexprs IS NOT NULL THEN
           (SELECT pg_catalog.string_agg(
                       pg_catalog.format('%s=%s', a.attnum, a.attstattarget),
                       ', ' ORDER BY a.attnum)
              FROM pg_catalog.pg_attribute AS a
             WHERE a.attrelid = c.oid
               AND a.attstattarget >= 0)
       END AS statistics
  FROM (SELECT false AS indnullsnotdistinct) AS missing
 CROSS JOIN LATERAL (
       SELECT f.*, indnullsnotdistinct AS nullsnotdistinct
         FROM pg_catalog.pg_index AS f) AS i
  JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_am AS am ON am.oid = c.relam
  JOIN pg_catalog.pg_class AS t ON t.oid = i.indrelid
  JOIN pg_catalog.pg_namespace AS tn ON tn.oid = t.relnamespace
  LEFT JOIN pg_catalog.pg_tablespace AS ts ON ts.oid = c.reltablespace
 CROSS JOIN LATERAL (
       SELECT pg_catalog.format('CREATE %sINDEX %I ON ',
                  CASE WHEN i.indisunique THEN 'UNIQUE ' END,
                  c.relname) AS without) AS o
 WHERE t.relkind IN ('r', 'p', 'm')
   AND c.relpersistence <> 't'
   AND NOT c.relispartition
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_constraint AS k
        WHERE k.conindid = c.oid
          AND k.contype IN ('p', 'u', 'x'))
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_class'::regclass
          AND e.objid = t.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
