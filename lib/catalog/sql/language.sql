--: title language
--: class language
--: order 36
--: compare attributes
-- definition is the whole CREATE LANGUAGE, all of it said by the attributes
-- too.  What initdb made is not a fact.
SELECT 'pg_catalog.pg_language'::regclass::oid AS classid,
       l.oid AS objid,
       0 AS objsubid,
       pg_catalog.quote_ident(l.lanname) AS identity,
       NULL::text AS parent,
       pg_catalog.concat_ws(' ',
           'CREATE' || CASE WHEN l.lanpltrusted THEN ' TRUSTED' ELSE '' END,
           pg_catalog.format('LANGUAGE %I', l.lanname),
           'HANDLER ' || v.handler,
           'INLINE ' || v.inline,
           'VALIDATOR ' || v.validator) AS definition,
       l.lanpltrusted::text AS trusted,
       v.handler,
       v.inline,
       v.validator
  FROM pg_catalog.pg_language AS l
 CROSS JOIN LATERAL (
       SELECT NULLIF(l.lanplcallfoid, 0)::regproc::text AS handler,
              NULLIF(l.laninline, 0)::regproc::text AS inline,
              NULLIF(l.lanvalidator, 0)::regproc::text AS validator) AS v
 WHERE l.oid >= 16384
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_language'::regclass
          AND e.objid = l.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
