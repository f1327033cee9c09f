--: title what is half done, statement by statement
-- Of each revision: since is when its first statement began.
SELECT j.revision,
       j.direction = 'down' AS down,
       j.number,
       j.line,
       j.text,
       j.hash,
       j.hash_formula,
       j.state,
       j.error,
       j.backend,
       pg_catalog.array_to_string(j.rest, ' ') AS rest,
       pg_catalog.to_char(j.started_at AT TIME ZONE 'UTC',
           'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS started,
       pg_catalog.to_char(pg_catalog.min(j.started_at) OVER (
               PARTITION BY j.revision) AT TIME ZONE 'UTC',
           'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since,
       coalesce(j.client_user || '@' || nullif(j.client_host, ''),
           j.session_role) AS by
  FROM tb.journal AS j
 WHERE j.version_table = $1
 ORDER BY j.revision COLLATE "C", j.number
