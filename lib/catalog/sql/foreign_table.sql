--: title foreign table
--: class foreign-table
--: order 51
--: compare attributes
-- definition is what follows the column list in CREATE FOREIGN TABLE, all of
-- it said by the attributes too.  Columns, constraints, parents and the place
-- in a partition tree are facts of their own, of the same classes as a
-- table's.
SELECT 'pg_catalog.pg_class'::regclass::oid AS classid,
       c.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I', n.nspname, c.relname) AS identity,
       pg_catalog.format('schema %I', n.nspname) AS parent,
       pg_catalog.concat_ws(' ',
           'SERVER ' || pg_catalog.quote_ident(s.srvname),
           'OPTIONS (' || o.definition || ')') AS definition,
       pg_catalog.quote_ident(s.srvname) AS server,
       o.options
  FROM pg_catalog.pg_class AS c
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_foreign_table AS t ON t.ftrelid = c.oid
  JOIN pg_catalog.pg_foreign_server AS s ON s.oid = t.ftserver
 CROSS JOIN LATERAL (
       SELECT pg_catalog.string_agg(pg_catalog.format('%I %L',
                  x.option_name, x.option_value), ', '
                  ORDER BY x.option_name COLLATE "C") AS definition,
              pg_catalog.string_agg(pg_catalog.format('%I=%L',
                  x.option_name, x.option_value), ', '
                  ORDER BY x.option_name COLLATE "C") AS options
         FROM pg_catalog.pg_options_to_table(t.ftoptions) AS x) AS o
 WHERE c.relkind = 'f'
   AND c.relpersistence <> 't'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_class'::regclass
          AND e.objid = c.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
