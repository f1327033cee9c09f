--: title enum type
--: class enum
--: order 30
--: compare attributes
-- definition is the whole CREATE TYPE; values says the same for comparing:
-- the labels as SQL literals in their order.
SELECT 'pg_catalog.pg_type'::regclass::oid AS classid,
       t.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I', n.nspname, t.typname) AS identity,
       pg_catalog.format('schema %I', n.nspname) AS parent,
       pg_catalog.format('CREATE TYPE %I.%I AS ENUM (%s)', n.nspname,
           t.typname, l.labels) AS definition,
       l.labels AS values
  FROM pg_catalog.pg_type AS t
  JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
 CROSS JOIN LATERAL (
       SELECT pg_catalog.string_agg(pg_catalog.quote_literal(v.enumlabel),
                  ', ' ORDER BY v.enumsortorder) AS labels
         FROM pg_catalog.pg_enum AS v
        WHERE v.enumtypid = t.oid) AS l
 WHERE t.typtype = 'e'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_type'::regclass
          AND e.objid = t.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
