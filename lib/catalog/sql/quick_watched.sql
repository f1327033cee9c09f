--: title what the event triggers of tb-verify have noted since then
--: kind quick-watched
-- $1 is a time.
SELECT pg_catalog.to_char(d.at AT TIME ZONE 'UTC',
           'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at,
       d.tag,
       d.identity,
       d.session_role AS role,
       COALESCE(d.client_address::pg_catalog.text, 'local') AS client,
       d.application
  FROM tb.ddl AS d
 WHERE d.at > $1::pg_catalog.timestamptz
 ORDER BY d.id
 LIMIT 100
