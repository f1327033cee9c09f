--: title end a session that blocks another and does nothing
-- $1 is its process, $2 seconds that it must have been idle in a transaction,
-- $3 the process that it blocks.  All of that is looked at once more, as it may
-- have changed meanwhile.  No row: it has.
SELECT pg_catalog.pg_terminate_backend(a.pid) AS ended
  FROM pg_catalog.pg_stat_activity AS a
 WHERE a.pid = $1::pg_catalog.int4
   AND a.backend_type = 'client backend'
   AND a.state IN ('idle in transaction', 'idle in transaction (aborted)')
   AND pg_catalog.clock_timestamp() - a.state_change
       >= pg_catalog.make_interval(secs => $2::pg_catalog.float8)
   AND a.pid = ANY (pg_catalog.pg_blocking_pids($3::pg_catalog.int4))
