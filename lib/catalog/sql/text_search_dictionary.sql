--: title text search dictionary
--: class text-search-dictionary
--: order 26
--: compare attributes
-- definition is the whole CREATE TEXT SEARCH DICTIONARY, all of it said by the
-- attributes too; options are as the server keeps them.
SELECT 'pg_catalog.pg_ts_dict'::regclass::oid AS classid,
       d.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I', n.nspname, d.dictname) AS identity,
       pg_catalog.format('schema %I', n.nspname) AS parent,
       pg_catalog.format('CREATE TEXT SEARCH DICTIONARY %I.%I (%s)',
           n.nspname, d.dictname, pg_catalog.concat_ws(', ',
               'TEMPLATE = ' || pg_catalog.format('%I.%I', tn.nspname,
                   t.tmplname),
               d.dictinitoption)) AS definition,
       pg_catalog.format('%I.%I', tn.nspname, t.tmplname) AS template,
       d.dictinitoption AS options
  FROM pg_catalog.pg_ts_dict AS d
  JOIN pg_catalog.pg_namespace AS n ON n.oid = d.dictnamespace
  JOIN pg_catalog.pg_ts_template AS t ON t.oid = d.dicttemplate
  JOIN pg_catalog.pg_namespace AS tn ON tn.oid = t.tmplnamespace
 WHERE n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_ts_dict'::regclass
          AND e.objid = d.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
