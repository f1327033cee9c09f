--: title Longest wait for a lock
--: unit s
--: warning 30
--: critical 300
--: name lock.wait
--: until 139999
--: tier 1
--: hint End what holds the others up: pg_cancel_backend(PID) while it runs a statement, pg_terminate_backend(PID) when it idles in a transaction.
--: explain How long the session that has been waiting longest for a lock has done
--: explain so.  First those are named that hold others up and do not wait
--: explain themselves, then those that wait.  A server before 14 does not say
--: explain since when: counted is the time since the statement began.
WITH waiting AS MATERIALIZED (
    SELECT l.pid, l.locktype, l.relation, l.database,
           pg_catalog.clock_timestamp() - a.query_start AS age,
           a.backend_type IS NULL AS hidden,
           pg_catalog.pg_blocking_pids(l.pid) AS blockers
      FROM pg_catalog.pg_locks AS l
      LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid
     WHERE NOT l.granted
), root AS (
    SELECT b.pid, pg_catalog.count(DISTINCT w.pid) AS held_up
      FROM waiting AS w
     CROSS JOIN LATERAL pg_catalog.unnest(w.blockers) AS b (pid)
     WHERE b.pid NOT IN (SELECT waiting.pid FROM waiting)
     GROUP BY b.pid
), line AS (
    SELECT 1 AS part, r.held_up AS weight,
           CASE WHEN r.pid = 0 THEN 'a prepared transaction'
                ELSE pg_catalog.format('pid %s: %I in %I, %s', r.pid,
                         COALESCE(a.usename, '?'), COALESCE(a.datname, '?'),
                         COALESCE(a.state, 'state not shown'))
           END || pg_catalog.format(', holds up %s', r.held_up) AS text
      FROM root AS r
      LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = r.pid
    UNION ALL
    SELECT 2, EXTRACT(epoch FROM w.age),
           pg_catalog.format('pid %s waits for pid %s%s%s', w.pid,
               pg_catalog.array_to_string(w.blockers, ', '),
               CASE WHEN c.oid IS NOT NULL
                    THEN pg_catalog.format(' on %I.%I', n.nspname, c.relname)
                    ELSE ' on a ' || w.locktype
               END,
               ', for ' || pg_catalog.date_trunc('second', w.age))
      FROM waiting AS w
      LEFT JOIN (pg_catalog.pg_class AS c
                 JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace)
        ON c.oid = w.relation
       AND w.database = (SELECT d.oid
             FROM pg_catalog.pg_database AS d
            WHERE d.datname = pg_catalog.current_database())
)
SELECT COALESCE(pg_catalog.round(EXTRACT(
           epoch FROM pg_catalog.max(w.age))::numeric, 1), 0) AS value,
       CASE WHEN pg_catalog.count(*) = 0 THEN 'nobody waits'
            ELSE pg_catalog.format('%s wait, the longest for %s',
                     pg_catalog.count(*), pg_catalog.date_trunc('second',
                         pg_catalog.max(w.age)))
       END AS message,
       (SELECT pg_catalog.array_agg(line.text
                   ORDER BY line.part, line.weight DESC NULLS LAST, line.text)
          FROM line) AS objects,
       CASE WHEN pg_catalog.bool_or(w.hidden)
            THEN pg_catalog.format('cannot see the sessions of other roles: '
                     'GRANT pg_monitor TO %I', CURRENT_USER)
       END AS unknown
  FROM waiting AS w
