--: title transform
--: class transform
--: order 49
--: compare attributes
-- identity is what CREATE, COMMENT ON and DROP TRANSFORM want; definition is
-- the whole CREATE TRANSFORM, all of it said by the attributes too.
SELECT 'pg_catalog.pg_transform'::regclass::oid AS classid,
       t.oid AS objid,
       0 AS objsubid,
       v.identity,
       NULL::text AS parent,
       pg_catalog.format('CREATE TRANSFORM %s (', v.identity)
       || pg_catalog.concat_ws(', ',
           'FROM SQL WITH FUNCTION ' || v.from_sql,
           'TO SQL WITH FUNCTION ' || v.to_sql) || ')' AS definition,
       v.from_sql,
       v.to_sql
  FROM pg_catalog.pg_transform AS t
  JOIN pg_catalog.pg_language AS l ON l.oid = t.trflang
 CROSS JOIN LATERAL (
       SELECT pg_catalog.format('FOR %s LANGUAGE %I',
                  pg_catalog.format_type(t.trftype, NULL), l.lanname)
                  AS identity,
              NULLIF(t.trffromsql::oid, 0)::regprocedure::text AS from_sql,
              NULLIF(t.trftosql::oid, 0)::regprocedure::text AS to_sql) AS v
 WHERE t.oid >= 16384
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_transform'::regclass
          AND e.objid = t.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
