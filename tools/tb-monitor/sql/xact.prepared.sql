--: title Oldest prepared transaction
--: unit s
--: warning 300
--: critical 3600
--: role primary
--: tier 1
--: hint Have the transaction manager end it, or do so yourself with COMMIT PREPARED or ROLLBACK PREPARED in its database.
--: explain How long the oldest prepared transaction (two-phase commit) has been
--: explain waiting to be ended.  It holds its locks, over a restart as well, and
--: explain keeps vacuum from removing what has become dead since.
SELECT COALESCE(pg_catalog.round(EXTRACT(epoch FROM
           pg_catalog.clock_timestamp() - pg_catalog.min(p.prepared))::numeric),
           0) AS value,
       CASE WHEN pg_catalog.count(*) = 0 THEN 'none'
            ELSE pg_catalog.format('%s, the oldest of %s',
                     pg_catalog.count(*), pg_catalog.date_trunc('second',
                         pg_catalog.min(p.prepared)))
       END AS message,
       pg_catalog.array_agg(
           pg_catalog.format('%L of %I in %I, since %s', p.gid,
               COALESCE(p.owner, '?'), COALESCE(p.database, '?'),
               pg_catalog.date_trunc('second', p.prepared))
           ORDER BY p.prepared, p.gid COLLATE "C") AS objects
  FROM pg_catalog.pg_prepared_xacts AS p
