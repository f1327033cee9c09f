--: title types and domains
--: words type types
--: order 60
--: scope object
--: grant TYPE
--: acl T
--: default TYPES T
--: owner ALL
--: write USAGE
--: read USAGE
-- Not the types that come with something else: rows of tables, arrays,
-- multiranges.
SELECT 'pg_catalog.pg_type'::regclass::oid AS classid,
       t.oid AS objid,
       pg_catalog.format('%I.%I', n.nspname, t.typname) AS object,
       n.nspname AS schema,
       t.typowner AS owner,
       t.typacl AS acl
  FROM pg_catalog.pg_type AS t
  JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
  LEFT JOIN pg_catalog.pg_class AS c ON c.oid = t.typrelid
 WHERE t.typtype IN ('b', 'c', 'd', 'e', 'r')
   AND (c.oid IS NULL OR c.relkind = 'c')
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_type AS e
        WHERE e.typarray = t.oid)
