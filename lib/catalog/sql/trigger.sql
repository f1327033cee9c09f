--: title trigger
--: class trigger
--: order 72
-- definition is the whole CREATE TRIGGER.  The triggers of a foreign key and
-- a partition's copy of its parent's trigger are not facts.
SELECT 'pg_catalog.pg_trigger'::regclass::oid AS classid,
       t.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I.%I', n.nspname, c.relname, t.tgname)
           AS identity,
       pg_catalog.format('%s %I.%I',
           CASE c.relkind
               WHEN 'v' THEN 'view'
               WHEN 'f' THEN 'foreign-table'
               ELSE 'table'
           END, n.nspname, c.relname) AS parent,
       pg_catalog.pg_get_triggerdef(t.oid) AS definition,
       CASE t.tgenabled
           WHEN 'O' THEN 'origin'
           WHEN 'D' THEN 'disabled'
           WHEN 'R' THEN 'replica'
           WHEN 'A' THEN 'always'
       END AS enabled
  FROM pg_catalog.pg_trigger AS t
  JOIN pg_catalog.pg_class AS c ON c.oid = t.tgrelid
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
 WHERE NOT t.tgisinternal
   AND t.tgparentid = 0
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
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_trigger'::regclass
          AND e.objid = t.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
