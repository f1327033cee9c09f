--: title Minor releases behind
--: warning 0
--: critical 2
--: tier 3
--: hint A minor update needs new binaries and a restart, no dump; a version without maintenance needs pg_upgrade.
--: explain How many minor releases have come out since this server's, by a table
--: explain that is built in: nothing is asked from the network.  Critical also
--: explain when the major version gets no more updates.
-- To be brought up to date every quarter, a week after the second Thursday of
-- February, May, August and November: the newest minor release of each major
-- version and the day of its last one, as the project's page on versioning
-- gives them.  A server that is newer than this table is up to date.
WITH release (major, newest, last_day) AS (
    VALUES (13, 23, DATE '2025-11-13'),
           (14, 25, DATE '2026-11-12'),
           (15, 20, DATE '2027-11-11'),
           (16, 16, DATE '2028-11-09'),
           (17, 12, DATE '2029-11-08'),
           (18, 6, DATE '2030-11-14')
), server AS (
    SELECT v.num / 10000 AS major, v.num % 10000 AS minor
      FROM (SELECT pg_catalog.current_setting('server_version_num')::int4)
           AS v (num)
), state AS (
    SELECT server.major, server.minor, r.last_day,
           GREATEST(r.newest - server.minor, 0) AS behind,
           CURRENT_DATE > r.last_day AS ended
      FROM server
      LEFT JOIN release AS r ON r.major = server.major
)
SELECT state.behind::numeric AS value,
       pg_catalog.concat_ws(', ',
           pg_catalog.format('PostgreSQL %s.%s', state.major, state.minor),
           CASE WHEN state.behind IS NULL THEN 'newer than this program' END,
           CASE WHEN state.behind = 0 THEN 'the newest release'
                WHEN state.behind > 0
                THEN pg_catalog.format('%s behind', state.behind)
           END,
           CASE WHEN state.ended
                THEN pg_catalog.format('no updates since %s', state.last_day)
           END) AS message,
       CASE WHEN state.ended THEN '@0:' END AS critical
  FROM state
