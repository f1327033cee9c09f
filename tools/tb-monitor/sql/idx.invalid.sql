--: title Invalid indexes
--: warning 0
--: scope database
--: tier 2
--: hint Rebuild it with REINDEX INDEX CONCURRENTLY, or drop it with DROP INDEX CONCURRENTLY if its name ends in _ccnew or _ccold.
--: explain Indexes that a CREATE INDEX CONCURRENTLY or REINDEX CONCURRENTLY left
--: explain behind when it failed.  No query uses them, every write pays for them.
--: explain Those that are being built right now do not count.
WITH building AS (
    SELECT l.relation
      FROM pg_catalog.pg_stat_progress_create_index AS p
      JOIN pg_catalog.pg_locks AS l ON l.pid = p.pid
     WHERE p.datname = pg_catalog.current_database()
       AND l.locktype = 'relation'
), bad AS (
    SELECT pg_catalog.format('%I.%I on %I, %s', n.nspname, c.relname,
               t.relname, pg_catalog.pg_size_pretty(c.relpages::int8
                   * pg_catalog.current_setting('block_size')::int8)) AS text
      FROM pg_catalog.pg_index AS i
      JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
      JOIN pg_catalog.pg_class AS t ON t.oid = i.indrelid
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
     WHERE NOT i.indisvalid
       AND c.relkind = 'i'
       AND i.indrelid NOT IN (SELECT b.relation FROM building AS b)
)
SELECT pg_catalog.count(*)::numeric AS value,
       CASE WHEN pg_catalog.count(*) = 0 THEN 'none'
            ELSE pg_catalog.format('%s of no use', pg_catalog.count(*))
       END AS message,
       pg_catalog.array_agg(bad.text ORDER BY bad.text COLLATE "C") AS objects
  FROM bad
