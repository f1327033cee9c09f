--: title Idle in a transaction
--: unit s
--: warning 300
--: critical 1800
--: tier 1
--: hint Mend the program that does not commit; pg_terminate_backend(PID) ends the session, idle_in_transaction_session_timeout does so by itself.
--: explain How long the oldest session has been waiting for its client inside a
--: explain transaction.  It holds its locks, and vacuum cannot remove what has
--: explain become dead since.
WITH activity AS (
    SELECT a.pid, a.usename, a.datname, a.application_name,
           pg_catalog.clock_timestamp() - a.state_change AS age
      FROM pg_catalog.pg_stat_activity AS a
     WHERE a.backend_type = 'client backend'
       AND a.state LIKE 'idle in transaction%'
)
SELECT COALESCE(pg_catalog.round(EXTRACT(
           epoch FROM pg_catalog.max(activity.age))::numeric), 0) AS value,
       NULL::text AS label,
       CASE WHEN pg_catalog.count(*) = 0 THEN 'none'
            ELSE pg_catalog.format('%s, the longest for %s',
                     pg_catalog.count(*), pg_catalog.date_trunc('second',
                         pg_catalog.max(activity.age)))
       END AS message,
       pg_catalog.array_agg(
           pg_catalog.format('pid %s: %I in %I%s, for %s', activity.pid,
               COALESCE(activity.usename, '?'),
               COALESCE(activity.datname, '?'),
               CASE WHEN activity.application_name <> ''
                    THEN ' (' || activity.application_name || ')' END,
               pg_catalog.date_trunc('second', activity.age))
           ORDER BY activity.age DESC, activity.pid) AS objects,
       NULL::text AS unknown
  FROM activity
UNION ALL
SELECT NULL, 'other roles', NULL, NULL,
       pg_catalog.format('cannot see the sessions of other roles: '
           'GRANT pg_monitor TO %I', CURRENT_USER)
 WHERE EXISTS (SELECT
         FROM pg_catalog.pg_stat_activity AS h
        WHERE h.backend_type IS NULL
          AND h.usesysid IS NOT NULL)
