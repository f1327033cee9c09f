--: title aggregate
--: class aggregate
--: order 42
-- definition is the whole CREATE AGGREGATE: the server has no function that
-- prints one.
SELECT 'pg_catalog.pg_proc'::regclass::oid AS classid,
       p.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I(%s)', n.nspname, p.proname,
           CASE WHEN p.pronargs = 0 THEN '*' ELSE
               (SELECT pg_catalog.string_agg(
                           pg_catalog.format_type(t.type, NULL), ', '
                           ORDER BY t.position)
                  FROM pg_catalog.unnest(p.proargtypes)
                       WITH ORDINALITY AS t(type, position))
           END) AS identity,
       pg_catalog.format('schema %I', n.nspname) AS parent,
       pg_catalog.format('CREATE AGGREGATE %I.%I(%s) (', n.nspname, p.proname,
           CASE WHEN p.pronargs = 0 THEN '*'
               ELSE pg_catalog.pg_get_function_arguments(p.oid)
           END)
       || pg_catalog.concat_ws(', ',
           'SFUNC = ' || a.aggtransfn::text,
           'STYPE = ' || pg_catalog.format_type(a.aggtranstype, NULL),
           'SSPACE = ' || NULLIF(a.aggtransspace, 0),
           'FINALFUNC = ' || NULLIF(a.aggfinalfn::oid, 0)::regproc,
           CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
           CASE WHEN a.aggfinalfn <> 0 THEN
               'FINALFUNC_MODIFY = ' || CASE a.aggfinalmodify
                   WHEN 'r' THEN 'READ_ONLY'
                   WHEN 's' THEN 'SHAREABLE'
                   WHEN 'w' THEN 'READ_WRITE'
               END
           END,
           'COMBINEFUNC = ' || NULLIF(a.aggcombinefn::oid, 0)::regproc,
           'SERIALFUNC = ' || NULLIF(a.aggserialfn::oid, 0)::regproc,
           'DESERIALFUNC = ' || NULLIF(a.aggdeserialfn::oid, 0)::regproc,
           'INITCOND = ' || pg_catalog.quote_literal(a.agginitval),
           'MSFUNC = ' || NULLIF(a.aggmtransfn::oid, 0)::regproc,
           'MINVFUNC = ' || NULLIF(a.aggminvtransfn::oid, 0)::regproc,
           'MSTYPE = ' || pg_catalog.format_type(
               NULLIF(a.aggmtranstype, 0), NULL),
           'MSSPACE = ' || NULLIF(a.aggmtransspace, 0),
           'MFINALFUNC = ' || NULLIF(a.aggmfinalfn::oid, 0)::regproc,
           CASE WHEN a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END,
           CASE WHEN a.aggmfinalfn <> 0 THEN
               'MFINALFUNC_MODIFY = ' || CASE a.aggmfinalmodify
                   WHEN 'r' THEN 'READ_ONLY'
                   WHEN 's' THEN 'SHAREABLE'
                   WHEN 'w' THEN 'READ_WRITE'
               END
           END,
           'MINITCOND = ' || pg_catalog.quote_literal(a.aggminitval),
           'SORTOP = OPERATOR(' || pg_catalog.quote_ident(opn.nspname) || '.'
               || op.oprname || ')',
           'PARALLEL = ' || CASE p.proparallel
               WHEN 's' THEN 'SAFE'
               WHEN 'r' THEN 'RESTRICTED'
               WHEN 'u' THEN 'UNSAFE'
           END,
           CASE a.aggkind WHEN 'h' THEN 'HYPOTHETICAL' END) || ')'
           AS definition,
       pg_catalog.pg_get_function_arguments(p.oid) AS arguments,
       pg_catalog.pg_get_function_result(p.oid) AS result
  FROM pg_catalog.pg_aggregate AS a
  JOIN pg_catalog.pg_proc AS p ON p.oid = a.aggfnoid
  JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
  LEFT JOIN pg_catalog.pg_operator AS op ON op.oid = a.aggsortop
  LEFT JOIN pg_catalog.pg_namespace AS opn ON opn.oid = op.oprnamespace
 WHERE n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_proc'::regclass
          AND e.objid = p.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
