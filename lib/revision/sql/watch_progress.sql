--: title how far a long statement is
--: since 140000
-- $1 is the process.  A total of 0 is not known; count is then what there is to
-- tell instead.
SELECT p.label,
       p.done,
       p.total,
       p.count
  FROM (SELECT i.pid,
               i.phase AS label,
               CASE
                   WHEN i.phase LIKE 'waiting%' THEN i.lockers_done
                   WHEN i.tuples_total > 0 THEN i.tuples_done
                   ELSE i.blocks_done
               END AS done,
               CASE
                   WHEN i.phase LIKE 'waiting%' THEN i.lockers_total
                   WHEN i.tuples_total > 0 THEN i.tuples_total
                   ELSE i.blocks_total
               END AS total,
               NULL AS count
          FROM pg_catalog.pg_stat_progress_create_index AS i
         UNION ALL
        SELECT c.pid,
               pg_catalog.format('%s of %s: %s', pg_catalog.lower(c.command),
                   c.relid::pg_catalog.regclass, c.phase),
               CASE c.phase
               WHEN 'writing new heap' THEN c.heap_tuples_written
               ELSE c.heap_blks_scanned
               END,
               CASE c.phase
               WHEN 'seq scanning heap' THEN c.heap_blks_total
               WHEN 'writing new heap' THEN c.heap_tuples_scanned
               ELSE 0
               END,
               c.heap_tuples_written || ' rows'
          FROM pg_catalog.pg_stat_progress_cluster AS c
         UNION ALL
        SELECT v.pid,
               pg_catalog.format('vacuum of %s: %s',
                   v.relid::pg_catalog.regclass, v.phase),
               CASE v.phase
               WHEN 'scanning heap' THEN v.heap_blks_scanned
               ELSE v.heap_blks_vacuumed
               END,
               CASE
                   WHEN v.phase IN ('scanning heap', 'vacuuming heap')
                   THEN v.heap_blks_total
                   ELSE 0
               END,
               NULL
          FROM pg_catalog.pg_stat_progress_vacuum AS v
         UNION ALL
        SELECT n.pid,
               pg_catalog.format('analyze of %s: %s',
                   n.relid::pg_catalog.regclass, n.phase),
               n.sample_blks_scanned,
               CASE
                   WHEN n.phase LIKE 'acquiring%' THEN n.sample_blks_total
                   ELSE 0
               END,
               NULL
          FROM pg_catalog.pg_stat_progress_analyze AS n
         UNION ALL
        SELECT o.pid,
               pg_catalog.concat_ws(' ', pg_catalog.lower(o.command),
                   nullif(o.relid, 0)::pg_catalog.regclass),
               o.bytes_processed,
               o.bytes_total,
               o.tuples_processed || ' rows'
          FROM pg_catalog.pg_stat_progress_copy AS o
       ) AS p
 WHERE p.pid = $1::pg_catalog.int4
   AND p.label IS NOT NULL
 LIMIT 1
