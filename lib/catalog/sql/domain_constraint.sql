--: title constraint of a domain
--: class domain-constraint
--: order 35
-- definition is what follows the name in ADD CONSTRAINT, without NOT VALID,
-- which is the attribute validated.
SELECT 'pg_catalog.pg_constraint'::regclass::oid AS classid,
       k.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I.%I', n.nspname, t.typname, k.conname)
           AS identity,
       pg_catalog.format('domain %I.%I', n.nspname, t.typname) AS parent,
       CASE WHEN k.convalidated
           THEN pg_catalog.pg_get_constraintdef(k.oid)
           ELSE pg_catalog.regexp_replace(
               pg_catalog.pg_get_constraintdef(k.oid), ' NOT VALID$', '')
       END AS definition,
       k.convalidated::text AS validated
  FROM pg_catalog.pg_constraint AS k
  JOIN pg_catalog.pg_type AS t ON t.oid = k.contypid
  JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
 WHERE k.contype = 'c'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_type'::regclass
          AND e.objid = t.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
