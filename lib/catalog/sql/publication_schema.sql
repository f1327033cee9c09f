--: title schema of a publication
--: class publication-schema
--: order 81
--: since 150000
-- identity is the publication and the schema; definition is what follows
-- TABLES IN SCHEMA in ALTER PUBLICATION ADD.
SELECT 'pg_catalog.pg_publication_namespace'::regclass::oid AS classid,
       s.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I %I', p.pubname, n.nspname) AS identity,
       pg_catalog.format('publication %I', p.pubname) AS parent,
       pg_catalog.quote_ident(n.nspname) AS definition
  FROM pg_catalog.pg_publication_namespace AS s
  JOIN pg_catalog.pg_publication AS p ON p.oid = s.pnpubid
  JOIN pg_catalog.pg_namespace AS n ON n.oid = s.pnnspid
 WHERE NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_publication'::regclass
          AND e.objid = p.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
