--: title who else holds locks on tables that a statement names
-- $1 is the statement in lower case.
SELECT a.pid,
       a.usename AS role,
       coalesce(a.application_name, '') AS program,
       a.state,
       pg_catalog.string_agg(DISTINCT l.relation::pg_catalog.regclass::text,
           ', ') AS relations,
       pg_catalog.date_trunc('second', pg_catalog.clock_timestamp()
           - a.xact_start)::text AS age,
       pg_catalog.left(pg_catalog.regexp_replace(a.query, '\s+', ' ', 'g'),
           60) AS query
  FROM pg_catalog.pg_locks AS l
  JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid
  JOIN pg_catalog.pg_class AS c ON c.oid = l.relation
 WHERE l.locktype = 'relation'
   AND l.granted
   AND l.database = (SELECT d.oid
         FROM pg_catalog.pg_database AS d
        WHERE d.datname = pg_catalog.current_database())
   AND l.pid <> pg_catalog.pg_backend_pid()
   AND pg_catalog.strpos($1, pg_catalog.lower(c.relname)) > 0
 GROUP BY a.pid, a.usename, a.application_name, a.state, a.xact_start, a.query
 ORDER BY a.xact_start
 LIMIT 5
