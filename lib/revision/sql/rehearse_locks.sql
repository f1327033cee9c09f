--: title the relations that this transaction has locked so far
-- A relation that it dropped has no row in pg_class any more.  Counters are
-- those of the transaction.
SELECT l.relation AS oid,
       l.strength,
       c.relfilenode,
       CASE WHEN c.relkind IN ('r', 'm', 'i')
           THEN pg_catalog.pg_relation_size(c.oid)
       END AS bytes,
       CASE WHEN c.relkind IN ('r', 'm')
           THEN pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid)
               + pg_catalog.pg_stat_get_xact_tuples_updated(c.oid)
               + pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid)
           ELSE 0
       END AS tuples
  FROM (SELECT x.relation,
               pg_catalog.max(pg_catalog.array_position(ARRAY['AccessShareLock',
                   'RowShareLock', 'RowExclusiveLock',
                   'ShareUpdateExclusiveLock', 'ShareLock',
                   'ShareRowExclusiveLock', 'ExclusiveLock',
                   'AccessExclusiveLock'], x.mode)) AS strength
          FROM pg_catalog.pg_locks AS x
         WHERE x.locktype = 'relation'
           AND x.granted
           AND x.pid = pg_catalog.pg_backend_pid()
           AND x.relation >= 16384
           AND x.database = (SELECT d.oid
                 FROM pg_catalog.pg_database AS d
                WHERE d.datname = pg_catalog.current_database())
         GROUP BY x.relation) AS l
  LEFT JOIN pg_catalog.pg_class AS c ON c.oid = l.relation
 WHERE c.oid IS NULL
    OR (c.relpersistence <> 't' AND c.relkind <> 't')
 ORDER BY l.relation
