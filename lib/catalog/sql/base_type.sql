--: title base type
--: class base-type
--: order 29
--: compare attributes
-- definition is the whole CREATE TYPE, all of it said by the attributes too.
-- A shell, whose functions are waited for, is a base type with nothing in it.
-- The array type comes with it.
--
-- A server before 14 has no typsubscript: the name then means the outer
-- query's.
SELECT 'pg_catalog.pg_type'::regclass::oid AS classid,
       t.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I', n.nspname, t.typname) AS identity,
       pg_catalog.format('schema %I', n.nspname) AS parent,
       pg_catalog.format('CREATE TYPE %I.%I', n.nspname, t.typname)
       || CASE WHEN NOT t.typisdefined THEN '' ELSE ' ('
       || pg_catalog.concat_ws(', ',
           'INPUT = ' || v.input,
           'OUTPUT = ' || v.output,
           'RECEIVE = ' || v.receive,
           'SEND = ' || v.send,
           'TYPMOD_IN = ' || v.typmod_in,
           'TYPMOD_OUT = ' || v.typmod_out,
           'ANALYZE = ' || v.analyze,
           'SUBSCRIPT = ' || v.subscript,
           'INTERNALLENGTH = ' || v.length,
           CASE WHEN t.typbyval THEN 'PASSEDBYVALUE' END,
           'ALIGNMENT = ' || v.alignment,
           'STORAGE = ' || v.storage,
           'CATEGORY = ' || pg_catalog.quote_literal(v.category),
           CASE WHEN t.typispreferred THEN 'PREFERRED = true' END,
           'DEFAULT = ' || pg_catalog.quote_literal(t.typdefault),
           'ELEMENT = ' || v.element,
           'DELIMITER = ' || pg_catalog.quote_literal(v.delimiter),
           CASE WHEN t.typcollation <> 0 THEN 'COLLATABLE = true' END)
       || ')' END AS definition,
       t.typisdefined::text AS defined,
       v.input,
       v.output,
       v.receive,
       v.send,
       v.typmod_in,
       v.typmod_out,
       v.analyze,
       v.subscript,
       v.length,
       t.typbyval::text AS by_value,
       v.alignment,
       v.storage,
       v.category,
       t.typispreferred::text AS preferred,
       t.typdefault AS default,
       v.element,
       v.delimiter,
       (t.typcollation <> 0)::text AS collatable
  FROM (SELECT 0::oid AS typsubscript) AS missing
 CROSS JOIN LATERAL (
       SELECT f.*, typsubscript::oid AS subscript
         FROM pg_catalog.pg_type AS f) AS t
  JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
 CROSS JOIN LATERAL (
       SELECT NULLIF(t.typinput::oid, 0)::regproc::text AS input,
              NULLIF(t.typoutput::oid, 0)::regproc::text AS output,
              NULLIF(t.typreceive::oid, 0)::regproc::text AS receive,
              NULLIF(t.typsend::oid, 0)::regproc::text AS send,
              NULLIF(t.typmodin::oid, 0)::regproc::text AS typmod_in,
              NULLIF(t.typmodout::oid, 0)::regproc::text AS typmod_out,
              NULLIF(t.typanalyze::oid, 0)::regproc::text AS analyze,
              NULLIF(t.subscript, 0)::regproc::text AS subscript,
              CASE WHEN t.typlen = -1 THEN 'variable' ELSE t.typlen::text
              END AS length,
              CASE t.typalign
                  WHEN 'c' THEN 'char'
                  WHEN 's' THEN 'int2'
                  WHEN 'i' THEN 'int4'
                  WHEN 'd' THEN 'double'
              END AS alignment,
              CASE t.typstorage
                  WHEN 'p' THEN 'plain'
                  WHEN 'e' THEN 'external'
                  WHEN 'x' THEN 'extended'
                  WHEN 'm' THEN 'main'
              END AS storage,
              t.typcategory::text AS category,
              t.typdelim::text AS delimiter,
              pg_catalog.format_type(NULLIF(t.typelem, 0), NULL) AS element
       ) AS v
 WHERE t.oid >= 16384
   AND (t.typtype = 'b' OR NOT t.typisdefined)
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_type AS a
        WHERE a.oid = t.typelem
          AND a.typarray = t.oid)
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_type'::regclass
          AND e.objid = t.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
