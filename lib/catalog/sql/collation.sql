--: title collation
--: class collation
--: order 22
--: compare attributes
-- definition is the whole CREATE COLLATION, all of it said by the attributes
-- too.  The version is that of a library of the machine and not a fact.  Where
-- a collation is there for several encodings, that of the database counts.
--
-- locale is what ICU and the builtin provider want.  It has been in
-- collcollate (before 15), in colliculocale (15 and 16) and in colllocale,
-- there are rules from 16 on: on other servers a name means the outer query's.
SELECT 'pg_catalog.pg_collation'::regclass::oid AS classid,
       c.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I', n.nspname, c.collname) AS identity,
       pg_catalog.format('schema %I', n.nspname) AS parent,
       pg_catalog.format('CREATE COLLATION %I.%I (', n.nspname, c.collname)
       || pg_catalog.concat_ws(', ',
           'PROVIDER = ' || v.provider,
           CASE WHEN NOT c.collisdeterministic THEN 'DETERMINISTIC = false'
           END,
           'LOCALE = ' || pg_catalog.quote_literal(v.locale),
           'LC_COLLATE = ' || pg_catalog.quote_literal(v.lc_collate),
           'LC_CTYPE = ' || pg_catalog.quote_literal(v.lc_ctype),
           'RULES = ' || pg_catalog.quote_literal(c.rules)) || ')'
           AS definition,
       v.provider,
       c.collisdeterministic::text AS deterministic,
       v.locale,
       v.lc_collate,
       v.lc_ctype,
       c.rules
  FROM (SELECT NULL::text AS colliculocale,
               NULL::text AS colllocale,
               NULL::text AS collicurules) AS missing
 CROSS JOIN LATERAL (
       SELECT f.*,
              COALESCE(colllocale, colliculocale,
                  CASE f.collprovider WHEN 'i' THEN f.collcollate END)::text
                  AS locale,
              collicurules::text AS rules
         FROM pg_catalog.pg_collation AS f) AS c
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.collnamespace
 CROSS JOIN LATERAL (
       SELECT CASE c.collprovider
                  WHEN 'c' THEN 'libc'
                  WHEN 'i' THEN 'icu'
                  WHEN 'b' THEN 'builtin'
                  WHEN 'd' THEN 'default'
              END AS provider,
              c.locale,
              CASE c.collprovider WHEN 'c' THEN c.collcollate::text END
                  AS lc_collate,
              CASE c.collprovider WHEN 'c' THEN c.collctype::text END
                  AS lc_ctype) AS v
 WHERE n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND c.collencoding IN (-1,
       pg_catalog.pg_char_to_encoding(pg_catalog.getdatabaseencoding()))
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_collation'::regclass
          AND e.objid = c.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
