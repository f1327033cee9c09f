--: title extended statistics
--: class statistics
--: order 66
-- definition is the whole CREATE STATISTICS.  The server keeps and prints the
-- columns as they are ordered in the table, which means nothing here: ours are
-- ordered by name.
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
       v.head || CASE
           WHEN pg_catalog.starts_with(v.rest, v.columns)
               THEN v.sorted || pg_catalog.substr(v.rest,
                   pg_catalog.length(v.columns) + 1)
           ELSE v.rest
       END AS definition,
       NULLIF(s.stxstattarget, -1)::text AS statistics
  FROM pg_catalog.pg_statistic_ext AS s
  JOIN pg_catalog.pg_namespace AS sn ON sn.oid = s.stxnamespace
  JOIN pg_catalog.pg_class AS c ON c.oid = s.stxrelid
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
 CROSS JOIN LATERAL (
       SELECT pg_catalog.pg_get_statisticsobjdef(s.oid) AS text,
              pg_catalog.length(pg_catalog.format('CREATE STATISTICS %I.%I',
                  sn.nspname, s.stxname)) AS name) AS d
 CROSS JOIN LATERAL (
       SELECT d.name + pg_catalog.strpos(pg_catalog.substr(d.text, d.name + 1),
                  ' ON ') + 3 AS length) AS h
 CROSS JOIN LATERAL (
       SELECT pg_catalog.substr(d.text, 1, h.length) AS head,
              pg_catalog.substr(d.text, h.length + 1) AS rest,
              pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', '
                  ORDER BY a.attnum) AS columns,
              pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', '
                  ORDER BY a.attname COLLATE "C") AS sorted
         FROM pg_catalog.pg_attribute AS a
        WHERE a.attrelid = s.stxrelid
          AND a.attnum = ANY (s.stxkeys::int2[])) AS v
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
