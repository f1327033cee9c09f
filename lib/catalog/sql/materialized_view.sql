--: title materialized view
--: class materialized-view
--: order 58
-- definition is the query, without the semicolon.  Whether the view has been
-- filled is data.  column_settings is what ALTER COLUMN can change, where it
-- is not the default.
--
-- A server before 14 has no attcompression: the name then means the outer
-- query's.
SELECT 'pg_catalog.pg_class'::regclass::oid AS classid,
       c.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I', n.nspname, c.relname) AS identity,
       pg_catalog.format('schema %I', n.nspname) AS parent,
       pg_catalog.rtrim(pg_catalog.pg_get_viewdef(c.oid), ';') AS definition,
       (SELECT pg_catalog.string_agg(
                   pg_catalog.quote_ident(a.attname) || ' '
                   || pg_catalog.format_type(a.atttypid, a.atttypmod),
                   ', ' ORDER BY a.attnum)
          FROM pg_catalog.pg_attribute AS a
         WHERE a.attrelid = c.oid
           AND a.attnum > 0
           AND NOT a.attisdropped) AS columns,
       am.amname::text AS access_method,
       ts.spcname::text AS tablespace,
       (SELECT pg_catalog.string_agg(
                   pg_catalog.quote_ident(
                       pg_catalog.split_part(o.opt, '=', 1)) || '='
                   || pg_catalog.quote_literal(pg_catalog.substr(o.opt,
                       pg_catalog.strpos(o.opt, '=') + 1)),
                   ', ' ORDER BY o.opt COLLATE "C")
          FROM pg_catalog.unnest(c.reloptions) AS o(opt)
         WHERE o.opt !~ '^pg_') AS options,
       s.settings AS column_settings
  FROM pg_catalog.pg_class AS c
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_am AS am ON am.oid = c.relam
  LEFT JOIN pg_catalog.pg_tablespace AS ts ON ts.oid = c.reltablespace
 CROSS JOIN LATERAL (
       SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname) || ' '
                  || v.settings, ', ' ORDER BY a.attnum) AS settings
         FROM (SELECT NULL::text AS attcompression) AS missing
        CROSS JOIN LATERAL (
              SELECT f.*, attcompression::text AS compression
                FROM pg_catalog.pg_attribute AS f
               WHERE f.attrelid = c.oid
                 AND f.attnum > 0
                 AND NOT f.attisdropped) AS a
         JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
        CROSS JOIN LATERAL (
              SELECT NULLIF(pg_catalog.concat_ws(' ',
                  'STATISTICS ' || NULLIF(a.attstattarget, -1),
                  CASE WHEN a.attstorage <> t.typstorage THEN 'STORAGE '
                      || CASE a.attstorage
                          WHEN 'p' THEN 'PLAIN'
                          WHEN 'm' THEN 'MAIN'
                          WHEN 'e' THEN 'EXTERNAL'
                          WHEN 'x' THEN 'EXTENDED'
                      END
                  END,
                  'COMPRESSION ' || CASE a.compression
                      WHEN 'p' THEN 'pglz'
                      WHEN 'l' THEN 'lz4'
                  END,
                  (SELECT 'SET (' || pg_catalog.string_agg(
                              pg_catalog.quote_ident(
                                  pg_catalog.split_part(o.opt, '=', 1))
                              || '=' || pg_catalog.quote_literal(
                                  pg_catalog.substr(o.opt,
                                      pg_catalog.strpos(o.opt, '=') + 1)),
                              ', ' ORDER BY o.opt COLLATE "C") || ')'
                     FROM pg_catalog.unnest(a.attoptions) AS o(opt)
                    WHERE o.opt !~ '^pg_')), '') AS settings) AS v
        WHERE v.settings IS NOT NULL) AS s
 WHERE c.relkind = 'm'
   AND c.relpersistence <> 't'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_class'::regclass
          AND e.objid = c.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
