--: title rule
--: class rule
--: order 70
-- definition is the whole CREATE RULE, without the semicolon.  The rule that
-- makes a view a view belongs to the view.
SELECT 'pg_catalog.pg_rewrite'::regclass::oid AS classid,
       w.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I.%I', n.nspname, c.relname, w.rulename)
           AS identity,
       pg_catalog.format('%s %I.%I',
           CASE c.relkind
               WHEN 'v' THEN 'view'
               WHEN 'm' THEN 'materialized-view'
               ELSE 'table'
           END, n.nspname, c.relname) AS parent,
       pg_catalog.rtrim(pg_catalog.pg_get_ruledef(w.oid), ';') AS definition,
       CASE w.ev_enabled
           WHEN 'O' THEN 'origin'
           WHEN 'D' THEN 'disabled'
           WHEN 'R' THEN 'replica'
           WHEN 'A' THEN 'always'
       END AS enabled
  FROM pg_catalog.pg_rewrite AS w
  JOIN pg_catalog.pg_class AS c ON c.oid = w.ev_class
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
 WHERE w.rulename <> '_RETURN'
   AND c.relkind IN ('r', 'p', 'v', 'm')
   AND c.relpersistence <> 't'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_class'::regclass
          AND e.objid = c.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
