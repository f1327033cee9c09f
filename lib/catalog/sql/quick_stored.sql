--: title the fingerprint that was stored last
--: kind quick-stored
SELECT f.formula,
       f.server,
       f.parts,
       f.self <> 'tb.fingerprint'::pg_catalog.regclass AS restored,
       pg_catalog.to_char(f.at AT TIME ZONE 'UTC',
           'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at,
       f.at::pg_catalog.text AS since,
       f.event,
       f.xid,
       e.action,
       e.revision,
       e.session_role AS role,
       pg_catalog.concat_ws('@', e.client_user,
           COALESCE(e.client_host, e.client_address::pg_catalog.text))
           AS client
  FROM tb.fingerprint AS f
  LEFT JOIN tb.event AS e ON e.id = f.event
 ORDER BY f.id DESC
 LIMIT 1
