--: title text search template
--: class text-search-template
--: order 25
--: compare attributes
-- definition is the whole CREATE TEXT SEARCH TEMPLATE, all of it said by the
-- attributes too.
SELECT 'pg_catalog.pg_ts_template'::regclass::oid AS classid,
       t.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I', n.nspname, t.tmplname) AS identity,
       pg_catalog.format('schema %I', n.nspname) AS parent,
       pg_catalog.format('CREATE TEXT SEARCH TEMPLATE %I.%I (', n.nspname,
           t.tmplname)
       || pg_catalog.concat_ws(', ',
           'INIT = ' || v.init,
           'LEXIZE = ' || v.lexize) || ')' AS definition,
       v.init,
       v.lexize
  FROM pg_catalog.pg_ts_template AS t
  JOIN pg_catalog.pg_namespace AS n ON n.oid = t.tmplnamespace
 CROSS JOIN LATERAL (
       SELECT NULLIF(t.tmplinit::oid, 0)::regproc::text AS init,
              t.tmpllexize::text AS lexize) AS v
 WHERE n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_ts_template'::regclass
          AND e.objid = t.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
