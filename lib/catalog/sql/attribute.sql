--: title attribute of a composite type
--: class attribute
--: order 34
--: compare attributes
-- definition is what follows the name in ADD ATTRIBUTE, all of it said by the
-- attributes too.
SELECT 'pg_catalog.pg_class'::regclass::oid AS classid,
       a.attrelid AS objid,
       a.attnum::int4 AS objsubid,
       pg_catalog.format('%I.%I.%I', n.nspname, t.typname, a.attname)
           AS identity,
       pg_catalog.format('composite-type %I.%I', n.nspname, t.typname)
           AS parent,
       pg_catalog.concat_ws(' ',
           pg_catalog.format_type(a.atttypid, a.atttypmod),
           'COLLATE ' || pg_catalog.quote_ident(con.nspname) || '.'
               || pg_catalog.quote_ident(co.collname)) AS definition,
       pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
       pg_catalog.quote_ident(con.nspname) || '.'
           || pg_catalog.quote_ident(co.collname) AS collation,
       pg_catalog.row_number() OVER (
           PARTITION BY a.attrelid ORDER BY a.attnum)::text AS position
  FROM pg_catalog.pg_type AS t
  JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
  JOIN pg_catalog.pg_class AS c ON c.oid = t.typrelid
  JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid
  JOIN pg_catalog.pg_type AS y ON y.oid = a.atttypid
  LEFT JOIN pg_catalog.pg_collation AS co
    ON co.oid = a.attcollation
   AND a.attcollation <> y.typcollation
  LEFT JOIN pg_catalog.pg_namespace AS con ON con.oid = co.collnamespace
 WHERE c.relkind = 'c'
   AND a.attnum > 0
   AND NOT a.attisdropped
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_type'::regclass
          AND e.objid = t.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
