--: title who has an advisory lock
-- $1 is its key.  Whose activity may not be seen is a process and a role.
SELECT l.pid,
       coalesce(a.usename, '?') AS role,
       coalesce(nullif(a.application_name, ''), 'unknown program') AS program,
       coalesce(a.client_hostname, pg_catalog.host(a.client_addr),
           'this machine') AS client,
       pg_catalog.to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS TZ')
           AS since,
       a.state,
       a.wait_event_type,
       CASE
           WHEN a.state LIKE 'idle%' THEN pg_catalog.date_trunc('second',
               pg_catalog.clock_timestamp() - a.state_change)
           ELSE pg_catalog.date_trunc('second',
               pg_catalog.clock_timestamp() - a.query_start)
       END::text AS for_time,
       pg_catalog.left(pg_catalog.btrim(pg_catalog.regexp_replace(a.query,
           '\s+', ' ', 'g')), 100) AS query
  FROM pg_catalog.pg_locks AS l
  LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid
 WHERE l.locktype = 'advisory'
   AND l.objsubid = 1
   AND l.granted
   AND l.database = (SELECT d.oid
         FROM pg_catalog.pg_database AS d
        WHERE d.datname = pg_catalog.current_database())
   AND (l.classid::pg_catalog.int8 << 32 | l.objid::pg_catalog.int8)
       = $1::pg_catalog.int8
