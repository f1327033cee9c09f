--: title operator class
--: class operator-class
--: order 46
--: compare attributes
-- identity is what COMMENT ON and DROP OPERATOR CLASS want; definition is the
-- whole CREATE OPERATOR CLASS, all of it said by the attributes too.
SELECT 'pg_catalog.pg_opclass'::regclass::oid AS classid,
       c.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I USING %I', n.nspname, c.opcname, am.amname)
           AS identity,
       pg_catalog.format('schema %I', n.nspname) AS parent,
       pg_catalog.format('CREATE OPERATOR CLASS %I.%I%s FOR TYPE %s '
           'USING %I FAMILY %s AS ', n.nspname, c.opcname,
           CASE WHEN c.opcdefault THEN ' DEFAULT' END,
           v.type, am.amname, v.family)
       || pg_catalog.concat_ws(', ',
           v.operators,
           v.functions,
           -- There is always something to list.
           CASE WHEN v.storage IS NOT NULL
                     OR COALESCE(v.operators, v.functions) IS NULL
               THEN 'STORAGE ' || COALESCE(v.storage, v.type)
           END) AS definition,
       c.opcdefault::text AS default,
       v.type,
       v.family,
       v.storage,
       v.operators,
       v.functions
  FROM pg_catalog.pg_opclass AS c
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.opcnamespace
  JOIN pg_catalog.pg_am AS am ON am.oid = c.opcmethod
  JOIN pg_catalog.pg_opfamily AS f ON f.oid = c.opcfamily
  JOIN pg_catalog.pg_namespace AS fn ON fn.oid = f.opfnamespace
 CROSS JOIN LATERAL (
       SELECT pg_catalog.format_type(c.opcintype, NULL) AS type,
              pg_catalog.format('%I.%I', fn.nspname, f.opfname) AS family,
              pg_catalog.format_type(NULLIF(c.opckeytype, 0), NULL)
                  AS storage,
              (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ',
                              'OPERATOR', o.amopstrategy,
                              o.amopopr::regoperator::text,
                              'FOR ORDER BY '
                              || pg_catalog.quote_ident(sn.nspname) || '.'
                              || pg_catalog.quote_ident(sf.opfname)), ', '
                          ORDER BY o.amopstrategy,
                              o.amopopr::regoperator::text COLLATE "C")
                 FROM pg_catalog.pg_depend AS d
                 JOIN pg_catalog.pg_amop AS o ON o.oid = d.objid
                 LEFT JOIN pg_catalog.pg_opfamily AS sf
                   ON sf.oid = o.amopsortfamily
                 LEFT JOIN pg_catalog.pg_namespace AS sn
                   ON sn.oid = sf.opfnamespace
                WHERE d.refclassid = 'pg_catalog.pg_opclass'::regclass
                  AND d.refobjid = c.oid
                  AND d.classid = 'pg_catalog.pg_amop'::regclass)
                  AS operators,
              (SELECT pg_catalog.string_agg(pg_catalog.format(
                              'FUNCTION %s (%s, %s) %s', p.amprocnum,
                              pg_catalog.format_type(p.amproclefttype, NULL),
                              pg_catalog.format_type(p.amprocrighttype, NULL),
                              p.amproc::oid::regprocedure), ', '
                          ORDER BY p.amprocnum,
                              p.amproc::oid::regprocedure::text COLLATE "C")
                 FROM pg_catalog.pg_depend AS d
                 JOIN pg_catalog.pg_amproc AS p ON p.oid = d.objid
                WHERE d.refclassid = 'pg_catalog.pg_opclass'::regclass
                  AND d.refobjid = c.oid
                  AND d.classid = 'pg_catalog.pg_amproc'::regclass)
                  AS functions) AS v
 WHERE n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_opclass'::regclass
          AND e.objid = c.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
