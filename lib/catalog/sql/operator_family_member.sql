--: title operator or function of an operator family
--: class operator-family-member
--: order 47
--: compare attributes
-- What is in a family without being part of a class: after the family,
-- identity is what ALTER OPERATOR FAMILY DROP wants, definition what ADD does.
-- To which of the two a member belongs the server decides, for some access
-- methods of its own accord.
SELECT m.classid,
       m.objid,
       0 AS objsubid,
       v.family || ' ' || v.member AS identity,
       'operator-family ' || v.family AS parent,
       pg_catalog.concat_ws(' ',
           CASE m.kind
               WHEN 'OPERATOR' THEN
                   pg_catalog.format('OPERATOR %s %s', m.number, m.does)
               ELSE v.member || ' ' || m.does
           END,
           'FOR ORDER BY ' || v.sort_family) AS definition,
       m.does AS does,
       v.sort_family
  FROM (SELECT 'pg_catalog.pg_amop'::regclass::oid AS classid,
               o.oid AS objid,
               'OPERATOR' AS kind,
               o.amopfamily AS family,
               o.amopstrategy AS number,
               o.amoplefttype AS left,
               o.amoprighttype AS right,
               o.amopopr::regoperator::text AS does,
               o.amopsortfamily AS sort_family
          FROM pg_catalog.pg_amop AS o
         WHERE o.oid >= 16384
        UNION ALL
        SELECT 'pg_catalog.pg_amproc'::regclass::oid,
               p.oid,
               'FUNCTION',
               p.amprocfamily,
               p.amprocnum,
               p.amproclefttype,
               p.amprocrighttype,
               p.amproc::oid::regprocedure::text,
               0
          FROM pg_catalog.pg_amproc AS p
         WHERE p.oid >= 16384) AS m
  JOIN pg_catalog.pg_opfamily AS f ON f.oid = m.family
  JOIN pg_catalog.pg_namespace AS n ON n.oid = f.opfnamespace
  JOIN pg_catalog.pg_am AS am ON am.oid = f.opfmethod
  LEFT JOIN pg_catalog.pg_opfamily AS sf ON sf.oid = m.sort_family
  LEFT JOIN pg_catalog.pg_namespace AS sn ON sn.oid = sf.opfnamespace
 CROSS JOIN LATERAL (
       SELECT pg_catalog.format('%I.%I USING %I', n.nspname, f.opfname,
                  am.amname) AS family,
              pg_catalog.format('%s %s (%s, %s)', m.kind, m.number,
                  pg_catalog.format_type(m.left, NULL),
                  pg_catalog.format_type(m.right, NULL)) AS member,
              pg_catalog.quote_ident(sn.nspname) || '.'
                  || pg_catalog.quote_ident(sf.opfname) AS sort_family) AS v
 WHERE EXISTS (SELECT
         FROM pg_catalog.pg_depend AS d
        WHERE d.classid = m.classid
          AND d.objid = m.objid
          AND d.refclassid = 'pg_catalog.pg_opfamily'::regclass
          AND d.refobjid = f.oid)
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_opfamily'::regclass
          AND e.objid = f.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
