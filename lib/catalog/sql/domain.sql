--: title domain
--: class domain
--: order 32
--: compare attributes
-- definition is the whole CREATE DOMAIN, all of it said by the attributes too.
-- The CHECKs are facts of their own.
SELECT 'pg_catalog.pg_type'::regclass::oid AS classid,
       t.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I', n.nspname, t.typname) AS identity,
       pg_catalog.format('schema %I', n.nspname) AS parent,
       pg_catalog.concat_ws(' ',
           pg_catalog.format('CREATE DOMAIN %I.%I AS %s', n.nspname,
               t.typname, pg_catalog.format_type(t.typbasetype, t.typtypmod)),
           'COLLATE ' || pg_catalog.quote_ident(con.nspname) || '.'
               || pg_catalog.quote_ident(co.collname),
           'DEFAULT ' || COALESCE(
               pg_catalog.pg_get_expr(t.typdefaultbin, 0), t.typdefault),
           CASE WHEN t.typnotnull THEN 'NOT NULL' END) AS definition,
       pg_catalog.format_type(t.typbasetype, t.typtypmod) AS type,
       pg_catalog.quote_ident(con.nspname) || '.'
           || pg_catalog.quote_ident(co.collname) AS collation,
       COALESCE(pg_catalog.pg_get_expr(t.typdefaultbin, 0), t.typdefault)
           AS default,
       t.typnotnull::text AS not_null
  FROM pg_catalog.pg_type AS t
  JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
  JOIN pg_catalog.pg_type AS b ON b.oid = t.typbasetype
  LEFT JOIN pg_catalog.pg_collation AS co
    ON co.oid = t.typcollation
   AND t.typcollation <> b.typcollation
  LEFT JOIN pg_catalog.pg_namespace AS con ON con.oid = co.collnamespace
 WHERE t.typtype = 'd'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_type'::regclass
          AND e.objid = t.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
