--: title who is connected to a database
-- $1 is its name.  What may not be seen of a session is null.
SELECT a.pid,
       coalesce(a.usename, '?') AS role,
       nullif(a.application_name, '') AS program,
       coalesce(a.client_hostname, pg_catalog.host(a.client_addr)) AS client,
       a.state,
       pg_catalog.date_trunc('second', pg_catalog.clock_timestamp()
           - coalesce(a.state_change, a.backend_start))::text AS for_time,
       pg_catalog.count(*) OVER () AS count
  FROM pg_catalog.pg_stat_activity AS a
 WHERE a.datname = $1
   AND a.pid <> pg_catalog.pg_backend_pid()
 ORDER BY a.backend_start, a.pid
 LIMIT 5
