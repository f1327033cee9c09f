--: title schema
--: class schema
--: order 10
-- Schema public is a fact like any other: that it is missing is a difference.
SELECT 'pg_catalog.pg_namespace'::regclass::oid AS classid,
       n.oid AS objid,
       0 AS objsubid,
       pg_catalog.quote_ident(n.nspname) AS identity,
       NULL::text AS parent,
       pg_catalog.format('CREATE SCHEMA %I', n.nspname) AS definition
  FROM pg_catalog.pg_namespace AS n
 WHERE n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_namespace'::regclass
          AND e.objid = n.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
