--: title text search parser
--: class text-search-parser
--: order 24
--: compare attributes
-- definition is the whole CREATE TEXT SEARCH PARSER, all of it said by the
-- attributes too.
SELECT 'pg_catalog.pg_ts_parser'::regclass::oid AS classid,
       p.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I', n.nspname, p.prsname) AS identity,
       pg_catalog.format('schema %I', n.nspname) AS parent,
       pg_catalog.format('CREATE TEXT SEARCH PARSER %I.%I (', n.nspname,
           p.prsname)
       || pg_catalog.concat_ws(', ',
           'START = ' || v.start,
           'GETTOKEN = ' || v.gettoken,
           'END = ' || v."end",
           'HEADLINE = ' || v.headline,
           'LEXTYPES = ' || v.lextypes) || ')' AS definition,
       v.start,
       v.gettoken,
       v."end",
       v.headline,
       v.lextypes
  FROM pg_catalog.pg_ts_parser AS p
  JOIN pg_catalog.pg_namespace AS n ON n.oid = p.prsnamespace
 CROSS JOIN LATERAL (
       SELECT p.prsstart::text AS start,
              p.prstoken::text AS gettoken,
              p.prsend::text AS "end",
              NULLIF(p.prsheadline::oid, 0)::regproc::text AS headline,
              p.prslextype::text AS lextypes) AS v
 WHERE n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_ts_parser'::regclass
          AND e.objid = p.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
