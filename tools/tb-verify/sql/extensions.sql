--: title extensions that the database has
-- own_schema: its schema came with it.  make and make_schema are the
-- statements that make the same elsewhere.
SELECT x.extname,
       n.nspname,
       n.nspname <> 'pg_catalog'
           AND NOT EXISTS (SELECT
                 FROM pg_catalog.pg_depend AS e
                WHERE e.classid = 'pg_catalog.pg_namespace'::regclass
                  AND e.objid = n.oid
                  AND e.deptype = 'e') AS needs_schema,
       pg_catalog.format('CREATE SCHEMA IF NOT EXISTS %I', n.nspname)
           AS make_schema,
       pg_catalog.format('CREATE EXTENSION IF NOT EXISTS %I %s CASCADE',
           x.extname,
           CASE
               WHEN NOT EXISTS (SELECT
                         FROM pg_catalog.pg_depend AS e
                        WHERE e.classid =
                              'pg_catalog.pg_namespace'::regclass
                          AND e.objid = n.oid
                          AND e.deptype = 'e')
                   THEN 'SCHEMA ' || pg_catalog.quote_ident(n.nspname)
           END) AS make
  FROM pg_catalog.pg_extension AS x
  JOIN pg_catalog.pg_namespace AS n ON n.oid = x.extnamespace
 ORDER BY x.extname COLLATE "C"
