--: title operator
--: class operator
--: order 44
--: compare attributes
-- identity is what COMMENT ON and DROP OPERATOR want; definition is the whole
-- CREATE OPERATOR, all of it said by the attributes too.  A shell, which is
-- there because another operator named it and nobody made it, is not a fact.
SELECT 'pg_catalog.pg_operator'::regclass::oid AS classid,
       o.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%s(%s, %s)', n.nspname, o.oprname,
           COALESCE(v.left, 'NONE'), COALESCE(v.right, 'NONE')) AS identity,
       pg_catalog.format('schema %I', n.nspname) AS parent,
       pg_catalog.format('CREATE OPERATOR %I.%s (', n.nspname, o.oprname)
       || pg_catalog.concat_ws(', ',
           'FUNCTION = ' || o.oprcode::text,
           'LEFTARG = ' || v.left,
           'RIGHTARG = ' || v.right,
           (SELECT pg_catalog.format('COMMUTATOR = OPERATOR(%I.%s)',
                       xn.nspname, x.oprname)
              FROM pg_catalog.pg_operator AS x
              JOIN pg_catalog.pg_namespace AS xn ON xn.oid = x.oprnamespace
             WHERE x.oid = o.oprcom),
           (SELECT pg_catalog.format('NEGATOR = OPERATOR(%I.%s)',
                       xn.nspname, x.oprname)
              FROM pg_catalog.pg_operator AS x
              JOIN pg_catalog.pg_namespace AS xn ON xn.oid = x.oprnamespace
             WHERE x.oid = o.oprnegate),
           'RESTRICT = ' || v.restrict,
           'JOIN = ' || v.join,
           CASE WHEN o.oprcanhash THEN 'HASHES' END,
           CASE WHEN o.oprcanmerge THEN 'MERGES' END) || ')' AS definition,
       o.oprcode::oid::regprocedure::text AS function,
       pg_catalog.format_type(o.oprresult, NULL) AS result,
       NULLIF(o.oprcom, 0)::regoperator::text AS commutator,
       NULLIF(o.oprnegate, 0)::regoperator::text AS negator,
       v.restrict,
       v.join,
       o.oprcanhash::text AS hashes,
       o.oprcanmerge::text AS merges
  FROM pg_catalog.pg_operator AS o
  JOIN pg_catalog.pg_namespace AS n ON n.oid = o.oprnamespace
 CROSS JOIN LATERAL (
       SELECT pg_catalog.format_type(NULLIF(o.oprleft, 0), NULL) AS left,
              pg_catalog.format_type(NULLIF(o.oprright, 0), NULL) AS right,
              NULLIF(o.oprrest::oid, 0)::regproc::text AS restrict,
              NULLIF(o.oprjoin::oid, 0)::regproc::text AS join) AS v
 WHERE o.oprcode <> 0
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_operator'::regclass
          AND e.objid = o.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
