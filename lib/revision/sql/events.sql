--: title the log, newest first
-- $1 is the version table, $2 a revision or how it begins, $3 a moment or an
-- age ("2026-11-22 10:00", "3 days", "2h"), $4 how many.  NULL: all.
SELECT e.id,
       pg_catalog.to_char(e.at, 'YYYY-MM-DD HH24:MI:SS') AS local,
       pg_catalog.to_char(e.at AT TIME ZONE 'UTC',
           'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at,
       e.action,
       e.revision,
       r.message,
       e.outcome,
       pg_catalog.array_to_string(e.heads, ' ') AS heads,
       pg_catalog.round(e.milliseconds, 3) AS milliseconds,
       e.sqlstate,
       e.error,
       coalesce(e.statements, d.statements) AS statements,
       coalesce(e.notices, d.notices) AS notices,
       e.session_role,
       e.role,
       pg_catalog.host(e.client_address) AS client_address,
       e.client_host,
       e.client_user,
       e.program,
       e.tag
  FROM tb.event AS e
  LEFT JOIN tb.event_detail AS d ON d.event = e.id
  LEFT JOIN tb.revision AS r
         ON r.version_table = e.version_table
        AND r.revision = e.revision
 WHERE e.version_table = $1
   AND ($2::pg_catalog.text IS NULL
        OR pg_catalog.starts_with(e.revision, $2))
   AND ($3::pg_catalog.text IS NULL
        OR e.at >= CASE
               WHEN $3 ~ '^ *[0-9.]+ *[A-Za-z]'
                   THEN pg_catalog.clock_timestamp()
                       - $3::pg_catalog.interval
               ELSE $3::pg_catalog.timestamptz
           END)
 ORDER BY e.id DESC
 LIMIT $4::pg_catalog.int8
