--: title databases to be dropped, and what is lost with them
-- $1 names.  The size is told to those who may connect.
SELECT d.datname AS name,
       CASE WHEN pg_catalog.has_database_privilege(d.oid, 'CONNECT')
            THEN pg_catalog.pg_size_pretty(pg_catalog.pg_database_size(d.oid))
            ELSE 'unknown size'
       END AS size,
       (SELECT pg_catalog.count(*)
          FROM pg_catalog.pg_stat_activity AS a
         WHERE a.datid = d.oid) AS sessions
  FROM pg_catalog.pg_database AS d
 WHERE d.datname = ANY ($1::text[])
 ORDER BY d.datname COLLATE "C"
