--: title who is in the way of a session, and of what
-- $1 is its process.  No row: it waits for nobody.  Of other roles' sessions
-- state and times are NULL unless we may see them; a prepared transaction has
-- process 0.
WITH waiting AS (
        SELECT CASE a.wait_event_type
               WHEN 'Lock' THEN pg_catalog.pg_blocking_pids(a.pid)
               END AS pids
          FROM pg_catalog.pg_stat_activity AS a
         WHERE a.pid = $1::pg_catalog.int4
     ), blocker AS (
        SELECT DISTINCT p.pid
          FROM waiting AS w,
               pg_catalog.unnest(w.pids) AS p (pid)
     ), wanted AS (
        SELECT l.relation,
               CASE l.locktype
               WHEN 'relation' THEN pg_catalog.format('%s on %s',
                   pg_catalog.lower(pg_catalog.regexp_replace(l.mode,
                       '([a-z])([A-Z])', '\1 \2', 'g')),
                   l.relation::pg_catalog.regclass)
               WHEN 'virtualxid' THEN 'the end of another transaction'
               WHEN 'transactionid' THEN 'a row that another transaction'
                   ' has changed'
               ELSE pg_catalog.format('a lock (%s)', l.locktype)
               END AS what
          FROM pg_catalog.pg_locks AS l
         WHERE l.pid = $1::pg_catalog.int4
           AND NOT l.granted
         LIMIT 1
     )
SELECT coalesce(w.what, 'a lock') AS wanted,
       b.pid,
       CASE b.pid
       WHEN 0 THEN (SELECT pg_catalog.string_agg(DISTINCT x.gid, ', ')
             FROM pg_catalog.pg_locks AS l
             JOIN pg_catalog.pg_locks AS t
               ON t.virtualtransaction = l.virtualtransaction
              AND t.locktype = 'transactionid'
              AND t.pid IS NULL
             JOIN pg_catalog.pg_prepared_xacts AS x
               ON x.transaction = t.transactionid
            WHERE l.relation = w.relation
              AND l.pid IS NULL)
       END AS prepared,
       a.usename AS role,
       coalesce(a.application_name, '') AS program,
       coalesce(a.client_hostname, pg_catalog.host(a.client_addr)) AS client,
       a.state,
       a.backend_type = 'client backend'
           AND a.state IN ('idle in transaction',
               'idle in transaction (aborted)') AS is_idle,
       coalesce(a.backend_type, '') AS backend_type,
       extract(epoch FROM pg_catalog.clock_timestamp() - a.state_change)
           AS state_seconds,
       extract(epoch FROM pg_catalog.clock_timestamp() - a.xact_start)
           AS transaction_seconds,
       CASE a.wait_event_type
       WHEN 'Lock' THEN pg_catalog.array_to_string(
           pg_catalog.pg_blocking_pids(a.pid), ', ')
       END AS waits_for,
       pg_catalog.left(pg_catalog.btrim(pg_catalog.regexp_replace(a.query,
           '\s+', ' ', 'g')), 80) AS query
  FROM blocker AS b
  LEFT JOIN wanted AS w ON true
  LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = b.pid
 ORDER BY a.xact_start, b.pid
 LIMIT 5
