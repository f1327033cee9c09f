--: title Table sizes
--: unit B
--: scope database
--: explain Each table of schema public with its indexes and its TOAST table,
--: explain as the last VACUUM, ANALYZE or index build counted their pages.
--: explain An estimate on purpose: asking for the true size would wait behind
--: explain whoever has locked the table.
WITH tab AS (
    SELECT c.oid, c.relname, c.reltoastrelid, c.reltuples,
           c.reltuples < 0 OR c.relpages = 0
               AND pg_catalog.pg_stat_get_live_tuples(c.oid) > 0 AS uncounted
      FROM pg_catalog.pg_class AS c
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public'
       AND c.relkind IN ('r', 'm')
), heap AS (
    SELECT tab.oid AS taboid, h.oid, h.relpages
      FROM tab
      JOIN pg_catalog.pg_class AS h ON h.oid IN (tab.oid, tab.reltoastrelid)
), part AS (
    SELECT heap.taboid, heap.relpages
      FROM heap
    UNION ALL
    SELECT heap.taboid, ic.relpages
      FROM heap
      JOIN pg_catalog.pg_index AS i ON i.indrelid = heap.oid
      JOIN pg_catalog.pg_class AS ic ON ic.oid = i.indexrelid
), total AS (
    SELECT part.taboid,
           pg_catalog.sum(part.relpages)::pg_catalog.numeric
               * pg_catalog.current_setting('block_size')::pg_catalog.int4
               AS bytes
      FROM part
     GROUP BY part.taboid
)
SELECT CASE WHEN NOT tab.uncounted THEN total.bytes END AS value,
       tab.relname::pg_catalog.text AS label,
       CASE WHEN tab.uncounted
            THEN 'not known before the first VACUUM or ANALYZE'
            ELSE pg_catalog.format('%s, estimated rows: %s',
                     pg_catalog.pg_size_pretty(total.bytes),
                     tab.reltuples::pg_catalog.int8)
       END AS message
  FROM tab
  JOIN total ON total.taboid = tab.oid
 ORDER BY value DESC NULLS LAST, tab.relname COLLATE "C"
