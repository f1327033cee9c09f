--: title partition
--: class partition
--: order 54
-- What makes a table a partition of another: definition is the bound, which
-- ALTER TABLE of ATTACH PARTITION identity wants.
--
-- The address (pg_inherits, child, place) is no object's; the query of edges
-- uses it too.  A server before 14 has no inhdetachpending: the name then
-- means the outer query's.
SELECT 'pg_catalog.pg_inherits'::regclass::oid AS classid,
       i.inhrelid AS objid,
       i.inhseqno AS objsubid,
       pg_catalog.format('%I.%I', n.nspname, c.relname) AS identity,
       pg_catalog.format('%s %I.%I',
           CASE c.relkind WHEN 'f' THEN 'foreign-table' ELSE 'table' END,
           n.nspname, c.relname) AS parent,
       pg_catalog.pg_get_expr(c.relpartbound, c.oid) AS definition,
       pg_catalog.format('%I.%I', pn.nspname, p.relname) AS of,
       i.detaching::text AS detaching
  FROM (SELECT false AS inhdetachpending) AS missing
 CROSS JOIN LATERAL (
       SELECT f.*, inhdetachpending AS detaching
         FROM pg_catalog.pg_inherits AS f) AS i
  JOIN pg_catalog.pg_class AS c ON c.oid = i.inhrelid
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_class AS p ON p.oid = i.inhparent
  JOIN pg_catalog.pg_namespace AS pn ON pn.oid = p.relnamespace
 WHERE c.relkind IN ('r', 'p', 'f')
   AND c.relispartition
   AND c.relpersistence <> 't'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_class'::regclass
          AND e.objid = c.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
