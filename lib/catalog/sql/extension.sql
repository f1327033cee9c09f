--: title extension
--: class extension
--: order 20
--: compare attributes
-- definition names the version only where it is not the one that this server
-- takes by itself: which one that is differs between machines for good
-- reasons.  What template0 brings along (plpgsql) is not a fact.
SELECT 'pg_catalog.pg_extension'::regclass::oid AS classid,
       x.oid AS objid,
       0 AS objsubid,
       pg_catalog.quote_ident(x.extname) AS identity,
       NULL::text AS parent,
       pg_catalog.format('CREATE EXTENSION %I WITH SCHEMA %I', x.extname,
           n.nspname)
       || COALESCE((SELECT pg_catalog.format(' VERSION %L', x.extversion)
             FROM pg_catalog.pg_available_extensions() AS a
            WHERE a.name = x.extname
              AND a.default_version <> x.extversion), '') AS definition,
       pg_catalog.quote_ident(n.nspname) AS schema,
       x.extversion AS version,
       d.description AS comment
  FROM pg_catalog.pg_extension AS x
  JOIN pg_catalog.pg_namespace AS n ON n.oid = x.extnamespace
  LEFT JOIN pg_catalog.pg_description AS d
    ON d.classoid = 'pg_catalog.pg_extension'::regclass
   AND d.objoid = x.oid
 WHERE x.oid >= 16384
