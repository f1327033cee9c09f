--: title index of a partition
--: class partition-index
--: order 67
--: compare attributes
-- What an index of a partition has of its own: a fact for each that is not
-- what the index of the partitioned table makes there.  identity is the
-- partition and the index on top of the tree; name, options and so on are
-- NULL where they are what they would be anyhow.  Names that the server makes
-- up begin and end in the same way, and are told only where they are needed.
SELECT 'pg_catalog.pg_class'::regclass::oid AS classid,
       c.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I OF %s', n.nspname, t.relname,
           (SELECT pg_catalog.format('%I.%I', rn.nspname, r.relname)
              FROM pg_catalog.pg_class AS r
              JOIN pg_catalog.pg_namespace AS rn ON rn.oid = r.relnamespace
             WHERE r.oid = pg_catalog.pg_partition_root(c.oid))) AS identity,
       pg_catalog.format('table %I.%I', n.nspname, t.relname) AS parent,
       CASE WHEN v.name IS NOT NULL OR v.valid IS NOT NULL
           THEN pg_catalog.format('%I.%I', n.nspname, c.relname)
           ELSE pg_catalog.concat_ws(', ', 'options ' || v.options,
               'tablespace ' || v.tablespace,
               CASE WHEN v.clustered = 'true' THEN 'clustered' END,
               CASE WHEN v.replica_identity = 'true'
                   THEN 'replica identity'
               END,
               'statistics ' || v.statistics)
       END AS definition,
       v.name,
       v.options,
       v.tablespace,
       v.valid,
       v.clustered,
       v.replica_identity,
       v.statistics
  FROM pg_catalog.pg_inherits AS h
  JOIN pg_catalog.pg_class AS c ON c.oid = h.inhrelid
  JOIN pg_catalog.pg_class AS p ON p.oid = h.inhparent
  JOIN pg_catalog.pg_index AS i ON i.indexrelid = c.oid
  JOIN pg_catalog.pg_class AS t ON t.oid = i.indrelid
  JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
  LEFT JOIN pg_catalog.pg_tablespace AS ts ON ts.oid = c.reltablespace
 CROSS JOIN LATERAL (
       SELECT CASE
                  WHEN NOT (pg_catalog.starts_with(c.relname::text,
                          pg_catalog.substr(t.relname::text, 1, 26))
                      AND c.relname ~ '_(idx|key|pkey|excl)[0-9]*$')
                      THEN pg_catalog.quote_ident(c.relname)
              END AS name,
              CASE WHEN c.reloptions IS DISTINCT FROM p.reloptions THEN
                  (SELECT pg_catalog.string_agg(
                              pg_catalog.quote_ident(
                                  pg_catalog.split_part(o.opt, '=', 1)) || '='
                              || pg_catalog.quote_literal(pg_catalog.substr(
                                  o.opt, pg_catalog.strpos(o.opt, '=') + 1)),
                              ', ' ORDER BY o.opt COLLATE "C")
                     FROM pg_catalog.unnest(COALESCE(c.reloptions,
                         ARRAY['(none)='])) AS o(opt)
                    WHERE o.opt !~ '^pg_')
              END AS options,
              CASE WHEN c.reltablespace <> p.reltablespace
                  THEN COALESCE(ts.spcname::text, 'pg_default')
              END AS tablespace,
              CASE WHEN NOT (i.indisvalid AND i.indisready) THEN 'false'
              END AS valid,
              CASE WHEN i.indisclustered THEN 'true' END AS clustered,
              CASE WHEN i.indisreplident THEN 'true' END AS replica_identity,
              CASE WHEN i.indexprs IS NOT NULL THEN
                  (SELECT pg_catalog.string_agg(pg_catalog.format('%s=%s',
                              a.attnum, a.attstattarget), ', '
                              ORDER BY a.attnum)
                     FROM pg_catalog.pg_attribute AS a
                    WHERE a.attrelid = c.oid
                      AND a.attstattarget >= 0)
              END AS statistics) AS v
 WHERE c.relkind IN ('i', 'I')
   AND c.relpersistence <> 't'
   AND (c.relkind = 'i' OR v.name IS NOT NULL OR v.options IS NOT NULL
        OR v.tablespace IS NOT NULL)
   AND COALESCE(v.name, v.options, v.tablespace, v.valid, v.clustered,
           v.replica_identity, v.statistics) IS NOT NULL
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_class'::regclass
          AND e.objid = t.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
