--: title functions, procedures and aggregates
--: words function functions
--: order 50
--: scope object
--: grant ROUTINE
--: acl f
--: default FUNCTIONS f
--: owner ALL
--: write EXECUTE
--: read EXECUTE
-- The constructors of a range type belong to the type.
SELECT 'pg_catalog.pg_proc'::regclass::oid AS classid,
       p.oid AS objid,
       pg_catalog.format('%I.%I(%s)', n.nspname, p.proname,
           (SELECT pg_catalog.string_agg(
                       pg_catalog.format_type(t.type, NULL), ', '
                       ORDER BY t.position)
              FROM pg_catalog.unnest(p.proargtypes)
                   WITH ORDINALITY AS t(type, position))) AS object,
       n.nspname AS schema,
       p.proowner AS owner,
       p.proacl AS acl
  FROM pg_catalog.pg_proc AS p
  JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
 WHERE NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_proc'::regclass
          AND e.objid = p.oid
          AND e.deptype = 'i')
