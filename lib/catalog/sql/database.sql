--: title database
--: class database
--: order 96
--: of database
--: count no
--: compare attributes
-- One fact: what the database itself is.  Its name is none, so that two can be
-- compared.  Encoding and locale are those that CREATE DATABASE gave it.
--
-- The provider is told from 15 on, the locale in daticulocale (15 and 16) and
-- datlocale, rules from 16 on: on other servers a name means the outer query's.
SELECT 'pg_catalog.pg_database'::regclass::oid AS classid,
       d.oid AS objid,
       0 AS objsubid,
       'database' AS identity,
       NULL::text AS parent,
       NULL::text AS definition,
       pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(d.datdba)) AS owner,
       pg_catalog.pg_encoding_to_char(d.encoding)::text AS encoding,
       CASE d.provider
           WHEN 'c' THEN 'libc'
           WHEN 'i' THEN 'icu'
           WHEN 'b' THEN 'builtin'
       END AS locale_provider,
       d.locale,
       d.datcollate::text AS lc_collate,
       d.datctype::text AS lc_ctype,
       d.rules AS icu_rules,
       d.datallowconn::text AS allow_connections,
       d.datconnlimit::text AS connection_limit,
       d.datistemplate::text AS is_template,
       s.spcname::text AS tablespace,
       pg_catalog.shobj_description(d.oid, 'pg_database') AS comment,
       (SELECT pg_catalog.string_agg(pg_catalog.format('%I %L', l.provider,
                   l.label), ', ' ORDER BY l.provider COLLATE "C")
          FROM pg_catalog.pg_shseclabel AS l
         WHERE l.classoid = 'pg_catalog.pg_database'::regclass
           AND l.objoid = d.oid) AS security_labels
  FROM (SELECT 'c'::text AS datlocprovider,
               NULL::text AS daticulocale,
               NULL::text AS datlocale,
               NULL::text AS daticurules) AS missing
 CROSS JOIN LATERAL (
       SELECT f.*,
              datlocprovider::text AS provider,
              COALESCE(datlocale, daticulocale)::text AS locale,
              daticurules::text AS rules
         FROM pg_catalog.pg_database AS f) AS d
  JOIN pg_catalog.pg_tablespace AS s ON s.oid = d.dattablespace
 WHERE d.datname = pg_catalog.current_database()
