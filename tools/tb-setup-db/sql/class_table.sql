--: title tables, partitioned and foreign ones, views and materialized views
--: words table tables
--: order 30
--: scope object
--: grant TABLE
--: acl r
--: default TABLES r
--: owner ALL
--: write SELECT INSERT UPDATE DELETE
--: read SELECT
SELECT 'pg_catalog.pg_class'::regclass::oid AS classid,
       c.oid AS objid,
       pg_catalog.format('%I.%I', n.nspname, c.relname) AS object,
       n.nspname AS schema,
       c.relowner AS owner,
       c.relacl AS acl
  FROM pg_catalog.pg_class AS c
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
