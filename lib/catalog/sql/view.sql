--: title view
--: class view
--: order 57
-- definition is the query, without the semicolon.  columns tells what the
-- query text does not: the types and collations that come out, and whether
-- CREATE OR REPLACE VIEW can do (the old columns must stay in front).
SELECT 'pg_catalog.pg_class'::regclass::oid AS classid,
       c.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I', n.nspname, c.relname) AS identity,
       pg_catalog.format('schema %I', n.nspname) AS parent,
       pg_catalog.rtrim(pg_catalog.pg_get_viewdef(c.oid), ';') AS definition,
       (SELECT pg_catalog.string_agg(
                   pg_catalog.quote_ident(a.attname) || ' '
                   || pg_catalog.format_type(a.atttypid, a.atttypmod)
                   || COALESCE(' COLLATE ' || pg_catalog.quote_ident(ln.nspname)
                       || '.' || pg_catalog.quote_ident(l.collname), ''),
                   ', ' ORDER BY a.attnum)
          FROM pg_catalog.pg_attribute AS a
          JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
          LEFT JOIN pg_catalog.pg_collation AS l
            ON l.oid = a.attcollation
           AND l.oid <> t.typcollation
          LEFT JOIN pg_catalog.pg_namespace AS ln ON ln.oid = l.collnamespace
         WHERE a.attrelid = c.oid
           AND a.attnum > 0
           AND NOT a.attisdropped) AS columns,
       (SELECT pg_catalog.string_agg(
                   pg_catalog.quote_ident(
                       pg_catalog.split_part(o.opt, '=', 1)) || '='
                   || pg_catalog.quote_literal(pg_catalog.substr(o.opt,
                       pg_catalog.strpos(o.opt, '=') + 1)),
                   ', ' ORDER BY o.opt COLLATE "C")
          FROM pg_catalog.unnest(c.reloptions) AS o(opt)
         WHERE o.opt !~ '^pg_') AS options
  FROM pg_catalog.pg_class AS c
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
 WHERE c.relkind = 'v'
   AND c.relpersistence <> 't'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_class'::regclass
          AND e.objid = c.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
