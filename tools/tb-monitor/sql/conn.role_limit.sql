--: title Connection limits of roles and databases
--: unit %
--: warning 80
--: critical 95
--: tier 2
--: hint Raise the limit with ALTER ROLE or ALTER DATABASE ... CONNECTION LIMIT, or make the pool smaller.
--: explain Sessions as a share of the CONNECTION LIMIT of their role and of
--: explain their database, one line for each that has a limit.
WITH session AS (
    SELECT a.usesysid, a.datid, a.backend_type IS NULL AS hidden
      FROM pg_catalog.pg_stat_activity AS a
     WHERE a.backend_type = 'client backend'
        OR a.backend_type IS NULL AND a.usesysid IS NOT NULL
), limited AS (
    SELECT 'role' AS kind, r.rolname AS name, r.rolconnlimit AS most,
           s.n, s.hidden
      FROM pg_catalog.pg_roles AS r
     CROSS JOIN LATERAL (
           SELECT pg_catalog.count(*) AS n,
                  pg_catalog.count(*) FILTER (WHERE session.hidden) AS hidden
             FROM session
            WHERE session.usesysid = r.oid) AS s
     WHERE r.rolconnlimit > 0
       AND r.rolcanlogin
       AND NOT r.rolsuper
    UNION ALL
    SELECT 'database', d.datname, d.datconnlimit, s.n, s.hidden
      FROM pg_catalog.pg_database AS d
     CROSS JOIN LATERAL (
           SELECT pg_catalog.count(*) AS n,
                  pg_catalog.count(*) FILTER (WHERE session.hidden) AS hidden
             FROM session
            WHERE session.datid = d.oid) AS s
     WHERE d.datconnlimit > 0
)
SELECT CASE WHEN l.hidden = 0
            THEN pg_catalog.round(100.0 * l.n / l.most, 1) END AS value,
       pg_catalog.format('%s %s', l.kind, l.name) AS label,
       pg_catalog.format('%s of %s', l.n, l.most) AS message,
       CASE WHEN l.hidden > 0
            THEN pg_catalog.format('cannot see the sessions of other roles: '
                     'GRANT pg_monitor TO %I', CURRENT_USER)
       END AS unknown
  FROM limited AS l
 ORDER BY l.kind COLLATE "C" DESC, l.name COLLATE "C"
