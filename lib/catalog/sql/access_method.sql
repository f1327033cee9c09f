--: title access method
--: class access-method
--: order 23
--: compare attributes
-- definition is the whole CREATE ACCESS METHOD, all of it said by the
-- attributes too.  What initdb made is not a fact.
SELECT 'pg_catalog.pg_am'::regclass::oid AS classid,
       a.oid AS objid,
       0 AS objsubid,
       pg_catalog.quote_ident(a.amname) AS identity,
       NULL::text AS parent,
       pg_catalog.format('CREATE ACCESS METHOD %I TYPE %s HANDLER %s',
           a.amname, pg_catalog.upper(v.type), v.handler) AS definition,
       v.type,
       v.handler
  FROM pg_catalog.pg_am AS a
 CROSS JOIN LATERAL (
       SELECT CASE a.amtype WHEN 'i' THEN 'index' WHEN 't' THEN 'table' END
                  AS type,
              a.amhandler::regproc::text AS handler) AS v
 WHERE a.oid >= 16384
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_am'::regclass
          AND e.objid = a.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
