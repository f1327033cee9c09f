--: title trigger of a partition
--: class partition-trigger
--: order 73
--: compare attributes
-- A partition's copy of its parent's trigger is a fact only where it is in
-- another state: initial is the one of the parent.
SELECT 'pg_catalog.pg_trigger'::regclass::oid AS classid,
       t.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I.%I', n.nspname, c.relname, t.tgname)
           AS identity,
       pg_catalog.format('%s %I.%I',
           CASE c.relkind WHEN 'f' THEN 'foreign-table' ELSE 'table' END,
           n.nspname, c.relname) AS parent,
       v.enabled AS definition,
       v.enabled,
       v.initial
  FROM pg_catalog.pg_trigger AS t
  JOIN pg_catalog.pg_trigger AS p ON p.oid = t.tgparentid
  JOIN pg_catalog.pg_class AS c ON c.oid = t.tgrelid
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
 CROSS JOIN LATERAL (
       SELECT pg_catalog.min(s.name) FILTER (WHERE s.code = t.tgenabled)
                  AS enabled,
              pg_catalog.min(s.name) FILTER (WHERE s.code = p.tgenabled)
                  AS initial
         FROM (VALUES ('O'::"char", 'origin'), ('D', 'disabled'),
                      ('R', 'replica'), ('A', 'always')) AS s(code, name))
       AS v
 WHERE t.tgenabled <> p.tgenabled
   AND NOT p.tgisinternal
   AND c.relpersistence <> 't'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_class'::regclass
          AND e.objid = c.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
