--: title inheritance
--: class inheritance
--: order 53
-- A fact for each child and parent: identity is the two of them.  position is
-- the parent's place among several, which only a new table can change.
--
-- The address (pg_inherits, child, place) is no object's; the query of edges
-- uses it too.
SELECT 'pg_catalog.pg_inherits'::regclass::oid AS classid,
       i.inhrelid AS objid,
       i.inhseqno AS objsubid,
       pg_catalog.format('%I.%I %I.%I', n.nspname, c.relname, pn.nspname,
           p.relname) AS identity,
       pg_catalog.format('%s %I.%I',
           CASE c.relkind WHEN 'f' THEN 'foreign-table' ELSE 'table' END,
           n.nspname, c.relname) AS parent,
       NULL::text AS definition,
       pg_catalog.format('%I.%I', pn.nspname, p.relname) AS inherits,
       pg_catalog.row_number() OVER (
           PARTITION BY i.inhrelid ORDER BY i.inhseqno)::text AS position
  FROM pg_catalog.pg_inherits AS i
  JOIN pg_catalog.pg_class AS c ON c.oid = i.inhrelid
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_class AS p ON p.oid = i.inhparent
  JOIN pg_catalog.pg_namespace AS pn ON pn.oid = p.relnamespace
 WHERE c.relkind IN ('r', 'f')
   AND NOT c.relispartition
   AND c.relpersistence <> 't'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_class'::regclass
          AND e.objid = c.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
