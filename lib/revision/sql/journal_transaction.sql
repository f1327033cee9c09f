--: title how many transactions this session began
-- A session numbers them itself.
SELECT pg_catalog.split_part(l.virtualtransaction, '/', 2) AS number
  FROM pg_catalog.pg_locks AS l
 WHERE l.pid = pg_catalog.pg_backend_pid()
   AND l.locktype = 'virtualxid'
 LIMIT 1
