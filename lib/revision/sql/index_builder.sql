--: title who is building an index right now
-- $1 is the index.  What the server hides of another role's work is NULL: then
-- a build on the same table counts.
SELECT p.pid,
       coalesce(a.usename, '') AS role,
       coalesce(a.application_name, '') AS program,
       coalesce(pg_catalog.date_trunc('second',
           pg_catalog.clock_timestamp() - a.query_start)::text,
           'some time') AS age
  FROM pg_catalog.pg_stat_progress_create_index AS p
  JOIN pg_catalog.pg_index AS x ON x.indexrelid = $1::pg_catalog.oid
  JOIN pg_catalog.pg_locks AS l
    ON l.pid = p.pid
   AND l.locktype = 'relation'
   AND l.relation = x.indrelid
   AND l.mode = 'ShareUpdateExclusiveLock'
   AND l.granted
  LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = p.pid
 WHERE p.datname = pg_catalog.current_database()
   AND p.pid <> pg_catalog.pg_backend_pid()
   AND coalesce(p.index_relid, x.indexrelid) IN (x.indexrelid, 0)
 LIMIT 1
