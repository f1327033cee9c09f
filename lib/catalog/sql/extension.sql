--: title extension
--: class extension
--: order 20
--: compare attributes
-- definition makes whatever version the server holds ready: which one that is
-- differs between machines for good reasons and is an attribute.  What
-- template0 brings along (plpgsql) is not a fact.
SELECT 'pg_catalog.pg_extension'::regclass::oid AS classid,
       x.oid AS objid,
       0 AS objsubid,
       pg_catalog.quote_ident(x.extname) AS identity,
       NULL::text AS parent,
       pg_catalog.format('CREATE EXTENSION %I WITH SCHEMA %I', x.extname,
           n.nspname) AS definition,
       pg_catalog.quote_ident(n.nspname) AS schema,
       x.extversion AS version,
       d.description AS comment
  FROM pg_catalog.pg_extension AS x
  JOIN pg_catalog.pg_namespace AS n ON n.oid = x.extnamespace
  LEFT JOIN pg_catalog.pg_description AS d
    ON d.classoid = 'pg_catalog.pg_extension'::regclass
   AND d.objoid = x.oid
 WHERE x.oid >= 16384
