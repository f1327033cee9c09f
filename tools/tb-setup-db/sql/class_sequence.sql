--: title sequences
--: words sequence sequences
--: order 40
--: scope object
--: grant SEQUENCE
--: acl s
--: default SEQUENCES S
--: owner ALL
--: write USAGE SELECT UPDATE
--: read SELECT
SELECT 'pg_catalog.pg_class'::regclass::oid AS classid,
       c.oid AS objid,
       pg_catalog.format('%I.%I', n.nspname, c.relname) AS object,
       n.nspname AS schema,
       c.relowner AS owner,
       c.relacl AS acl
  FROM pg_catalog.pg_class AS c
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
 WHERE c.relkind = 'S'
