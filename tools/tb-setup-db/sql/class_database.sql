--: title the database itself
--: words database databases
--: order 10
--: scope database
--: grant DATABASE
--: acl d
--: owner ALL
--: write CONNECT TEMPORARY
--: read CONNECT
SELECT 'pg_catalog.pg_database'::regclass::oid AS classid,
       d.oid AS objid,
       pg_catalog.format('%I', d.datname) AS object,
       NULL::text AS schema,
       d.datdba AS owner,
       d.datacl AS acl
  FROM pg_catalog.pg_database AS d
 WHERE d.datname = pg_catalog.current_database()
