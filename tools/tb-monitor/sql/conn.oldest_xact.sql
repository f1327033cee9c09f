--: title Oldest open transaction
--: unit s
--: warning 900
--: critical 7200
--: tier 1
--: hint See what the session does and why its transaction is that long; pg_terminate_backend(PID) ends it.
--: explain How long the oldest transaction of a client has been open.  Vacuum
--: explain cannot remove what has become dead since then, in no table.
WITH activity AS (
    SELECT a.pid, a.usename, a.datname, a.application_name,
           pg_catalog.clock_timestamp() - a.xact_start AS age
      FROM pg_catalog.pg_stat_activity AS a
     WHERE a.backend_type = 'client backend'
       AND a.xact_start IS NOT NULL
       AND a.pid <> pg_catalog.pg_backend_pid()
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
