--: title Settings that wait for a restart
--: warning 0
--: tier 2
--: hint Restart the server when it suits; until then it runs with the old values.
--: explain Settings that were changed in the configuration and take effect only
--: explain with a restart.
SELECT pg_catalog.count(*)::numeric AS value,
       CASE WHEN pg_catalog.count(*) = 0 THEN 'none'
            ELSE pg_catalog.format('%s changed', pg_catalog.count(*))
       END AS message,
       pg_catalog.array_agg(pg_catalog.format('%s, still %s', s.name,
               COALESCE(NULLIF(s.setting, ''), '(empty)'))
           ORDER BY s.name COLLATE "C") AS objects
  FROM pg_catalog.pg_settings AS s
 WHERE s.pending_restart
