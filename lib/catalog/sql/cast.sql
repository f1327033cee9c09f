--: title cast
--: class cast
--: order 48
--: compare attributes
-- identity is what CREATE, COMMENT ON and DROP CAST want; definition is the
-- whole CREATE CAST, all of it said by the attributes too.  The casts that
-- come with a range type belong to the type.
SELECT 'pg_catalog.pg_cast'::regclass::oid AS classid,
       c.oid AS objid,
       0 AS objsubid,
       v.identity,
       NULL::text AS parent,
       pg_catalog.concat_ws(' ',
           'CREATE CAST ' || v.identity,
           CASE c.castmethod
               WHEN 'f' THEN 'WITH FUNCTION ' || v.function
               WHEN 'i' THEN 'WITH INOUT'
               WHEN 'b' THEN 'WITHOUT FUNCTION'
           END,
           'AS ' || pg_catalog.upper(NULLIF(v.context, 'explicit')))
           AS definition,
       CASE c.castmethod
           WHEN 'f' THEN 'function'
           WHEN 'i' THEN 'inout'
           WHEN 'b' THEN 'binary'
       END AS method,
       v.function,
       v.context
  FROM pg_catalog.pg_cast AS c
 CROSS JOIN LATERAL (
       SELECT pg_catalog.format('(%s AS %s)',
                  pg_catalog.format_type(c.castsource, NULL),
                  pg_catalog.format_type(c.casttarget, NULL)) AS identity,
              NULLIF(c.castfunc, 0)::regprocedure::text AS function,
              CASE c.castcontext
                  WHEN 'e' THEN 'explicit'
                  WHEN 'a' THEN 'assignment'
                  WHEN 'i' THEN 'implicit'
              END AS context) AS v
 WHERE c.oid >= 16384
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_cast'::regclass
          AND e.objid = c.oid
          AND e.deptype IN ('e', 'i'))
