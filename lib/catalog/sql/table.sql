--: title table
--: class table
--: order 51
--: compare attributes
-- definition is what follows the column list in CREATE TABLE where heap is the
-- default, all of it said by the attributes too.  Columns, constraints, parents
-- and the place in a partition tree are facts of their own.
SELECT 'pg_catalog.pg_class'::regclass::oid AS classid,
       c.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I', n.nspname, c.relname) AS identity,
       pg_catalog.format('schema %I', n.nspname) AS parent,
       NULLIF(pg_catalog.concat_ws(' ',
           'PARTITION BY ' || pg_catalog.pg_get_partkeydef(c.oid),
           'USING ' || pg_catalog.quote_ident(NULLIF(am.amname, 'heap')),
           'WITH (' || o.options || ')',
           'TABLESPACE ' || pg_catalog.quote_ident(ts.spcname)), '')
           AS definition,
       CASE c.relkind WHEN 'p' THEN 'partitioned' ELSE 'table' END AS kind,
       CASE c.relpersistence WHEN 'u' THEN 'unlogged' ELSE 'permanent' END
           AS persistence,
       pg_catalog.pg_get_partkeydef(c.oid) AS partition_key,
       am.amname::text AS access_method,
       ts.spcname::text AS tablespace,
       o.options AS options,
       c.relrowsecurity::text AS row_security,
       c.relforcerowsecurity::text AS force_row_security,
       CASE c.relreplident
           WHEN 'd' THEN 'default'
           WHEN 'n' THEN 'nothing'
           WHEN 'f' THEN 'full'
           WHEN 'i' THEN 'index'
       END AS replica_identity,
       CASE WHEN c.reloftype <> 0
           THEN pg_catalog.format_type(c.reloftype, NULL)
       END AS of_type
  FROM pg_catalog.pg_class AS c
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_am AS am ON am.oid = c.relam
  LEFT JOIN pg_catalog.pg_tablespace AS ts ON ts.oid = c.reltablespace
  LEFT JOIN pg_catalog.pg_class AS t ON t.oid = c.reltoastrelid
 CROSS JOIN LATERAL (
       SELECT pg_catalog.string_agg(
                  s.prefix || pg_catalog.quote_ident(
                      pg_catalog.split_part(s.opt, '=', 1)) || '='
                  || pg_catalog.quote_literal(pg_catalog.substr(s.opt,
                      pg_catalog.strpos(s.opt, '=') + 1)),
                  ', ' ORDER BY s.prefix, s.opt COLLATE "C") AS options
         FROM (SELECT '' AS prefix, pg_catalog.unnest(c.reloptions) AS opt
               UNION ALL
               SELECT 'toast.', pg_catalog.unnest(t.reloptions)) AS s
        WHERE s.opt !~ '^pg_') AS o
 WHERE c.relkind IN ('r', 'p')
   AND c.relpersistence <> 't'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_class'::regclass
          AND e.objid = c.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
