--: title schemas
--: words schema schemas
--: order 20
--: scope schema
--: grant SCHEMA
--: acl n
--: owner ALL
--: write USAGE
--: read USAGE
--: closed CREATE
SELECT 'pg_catalog.pg_namespace'::regclass::oid AS classid,
       n.oid AS objid,
       pg_catalog.format('%I', n.nspname) AS object,
       n.nspname AS schema,
       n.nspowner AS owner,
       n.nspacl AS acl
  FROM pg_catalog.pg_namespace AS n
