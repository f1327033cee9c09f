--: title conversion
--: class conversion
--: order 43
--: compare attributes
-- definition is the whole CREATE CONVERSION, all of it said by the attributes
-- too.
SELECT 'pg_catalog.pg_conversion'::regclass::oid AS classid,
       c.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I', n.nspname, c.conname) AS identity,
       pg_catalog.format('schema %I', n.nspname) AS parent,
       pg_catalog.format('CREATE %sCONVERSION %I.%I FOR %L TO %L FROM %s',
           CASE WHEN c.condefault THEN 'DEFAULT ' END,
           n.nspname, c.conname,
           pg_catalog.pg_encoding_to_char(c.conforencoding),
           pg_catalog.pg_encoding_to_char(c.contoencoding),
           c.conproc::text) AS definition,
       c.condefault::text AS default,
       pg_catalog.pg_encoding_to_char(c.conforencoding)::text AS source,
       pg_catalog.pg_encoding_to_char(c.contoencoding)::text AS target,
       c.conproc::text AS function
  FROM pg_catalog.pg_conversion AS c
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.connamespace
 WHERE n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_conversion'::regclass
          AND e.objid = c.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
