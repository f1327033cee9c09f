--: title operator family
--: class operator-family
--: order 45
-- identity is what CREATE, ALTER and DROP OPERATOR FAMILY want; definition
-- makes the family empty.  What is added to it are facts of their own.
SELECT 'pg_catalog.pg_opfamily'::regclass::oid AS classid,
       f.oid AS objid,
       0 AS objsubid,
       v.identity,
       pg_catalog.format('schema %I', n.nspname) AS parent,
       'CREATE OPERATOR FAMILY ' || v.identity AS definition
  FROM pg_catalog.pg_opfamily AS f
  JOIN pg_catalog.pg_namespace AS n ON n.oid = f.opfnamespace
  JOIN pg_catalog.pg_am AS am ON am.oid = f.opfmethod
 CROSS JOIN LATERAL (
       SELECT pg_catalog.format('%I.%I USING %I', n.nspname, f.opfname,
                  am.amname) AS identity) AS v
 WHERE n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_opfamily'::regclass
          AND e.objid = f.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
