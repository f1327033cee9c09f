--: title Connections in use
--: unit %
--: warning 80
--: critical 90
--: tier 1
--: hint Look for pools that are too large or clients that do not close; pg_terminate_backend(PID) ends an idle session.
--: explain Sessions of clients as a share of the slots that ordinary roles can
--: explain have: max_connections less those reserved for superusers and for
--: explain pg_use_reserved_connections.  The roles with the most sessions are
--: explain named.
WITH session AS (
    SELECT COALESCE(a.usename, '?') AS role,
           COALESCE(a.state, '') LIKE 'idle%' AS idle,
           a.backend_type IS NULL AS hidden
      FROM pg_catalog.pg_stat_activity AS a
     WHERE a.backend_type = 'client backend'
        OR a.backend_type IS NULL AND a.usesysid IS NOT NULL
), per_role AS (
    SELECT session.role, pg_catalog.count(*) AS n,
           pg_catalog.count(*) FILTER (WHERE session.idle) AS idle,
           pg_catalog.count(*) FILTER (WHERE session.hidden) AS hidden
      FROM session
     GROUP BY session.role
), room AS (
    SELECT GREATEST(1,
               pg_catalog.current_setting('max_connections')::int4
               - pg_catalog.current_setting(
                     'superuser_reserved_connections')::int4
               - COALESCE(pg_catalog.current_setting(
                     'reserved_connections', true)::int4, 0)) AS usable
), total AS (
    SELECT COALESCE(pg_catalog.sum(p.n), 0) AS used,
           COALESCE(pg_catalog.sum(p.hidden), 0) AS hidden,
           pg_catalog.array_agg(
               pg_catalog.format('%I: %s, of them %s idle', p.role, p.n, p.idle)
               ORDER BY p.n DESC, p.role COLLATE "C") AS roles
      FROM per_role AS p
)
SELECT CASE WHEN total.hidden = 0
            THEN pg_catalog.round(100.0 * total.used / room.usable, 1)
       END AS value,
       pg_catalog.format('%s of %s', total.used, room.usable) AS message,
       CASE WHEN total.hidden = 0 THEN total.roles END AS objects,
       CASE WHEN total.hidden > 0
            THEN pg_catalog.format('cannot see the sessions of other roles: '
                     'GRANT pg_monitor TO %I', CURRENT_USER)
       END AS unknown
  FROM total
 CROSS JOIN room
