--: title composite type
--: class composite-type
--: order 31
-- The attributes are facts of their own: definition makes the type without
-- any.
SELECT 'pg_catalog.pg_type'::regclass::oid AS classid,
       t.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I', n.nspname, t.typname) AS identity,
       pg_catalog.format('schema %I', n.nspname) AS parent,
       pg_catalog.format('CREATE TYPE %I.%I AS ()', n.nspname, t.typname)
           AS definition
  FROM pg_catalog.pg_type AS t
  JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
  JOIN pg_catalog.pg_class AS c ON c.oid = t.typrelid
 WHERE c.relkind = 'c'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_type'::regclass
          AND e.objid = t.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
