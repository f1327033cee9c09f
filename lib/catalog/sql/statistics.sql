--: title extended statistics
--: class statistics
--: order 66
-- definition is the whole CREATE STATISTICS.
SELECT 'pg_catalog.pg_statistic_ext'::regclass::oid AS classid,
       s.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I', sn.nspname, s.stxname) AS identity,
       pg_catalog.format('%s %I.%I',
           CASE c.relkind
               WHEN 'm' THEN 'materialized-view'
               WHEN 'f' THEN 'foreign-table'
               ELSE 'table'
           END, n.nspname, c.relname) AS parent,
       pg_catalog.pg_get_statisticsobjdef(s.oid) AS definition,
       NULLIF(s.stxstattarget, -1)::text AS statistics
  FROM pg_catalog.pg_statistic_ext AS s
  JOIN pg_catalog.pg_namespace AS sn ON sn.oid = s.stxnamespace
  JOIN pg_catalog.pg_class AS c ON c.oid = s.stxrelid
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'm', 'f')
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
        WHERE e.classid = 'pg_catalog.pg_statistic_ext'::regclass
          AND e.objid = s.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
