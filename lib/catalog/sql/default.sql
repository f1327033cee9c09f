--: title default
--: class default
--: order 55
-- definition is the expression.  That of a generated column belongs to the
-- column.
SELECT 'pg_catalog.pg_attrdef'::regclass::oid AS classid,
       d.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I.%I', n.nspname, c.relname, a.attname)
           AS identity,
       CASE c.relkind
           WHEN 'v' THEN pg_catalog.format('view %I.%I', n.nspname, c.relname)
           ELSE pg_catalog.format('column %I.%I.%I', n.nspname, c.relname,
               a.attname)
       END AS parent,
       pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS definition
  FROM pg_catalog.pg_attrdef AS d
  JOIN pg_catalog.pg_attribute AS a
    ON a.attrelid = d.adrelid
   AND a.attnum = d.adnum
  JOIN pg_catalog.pg_class AS c ON c.oid = d.adrelid
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
 WHERE a.attgenerated = ''
   AND c.relkind IN ('r', 'p', 'v', 'f')
   AND c.relpersistence <> 't'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_class'::regclass
          AND e.objid = c.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
