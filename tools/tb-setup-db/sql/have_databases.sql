--: title databases as they are
-- $1 names.  The columns of the locale changed with 15 and 17, so they are
-- read through jsonb.
SELECT d.datname AS name,
       r.rolname AS owner,
       pg_catalog.pg_encoding_to_char(d.encoding) AS encoding,
       d.datcollate AS lc_collate,
       d.datctype AS lc_ctype,
       CASE d.j ->> 'datlocprovider'
           WHEN 'i' THEN 'icu'
           WHEN 'b' THEN 'builtin'
           ELSE 'libc'
       END AS locale_provider,
       coalesce(d.j ->> 'datlocale', d.j ->> 'daticulocale') AS icu_locale,
       t.spcname AS tablespace,
       d.datconnlimit,
       coalesce(pg_catalog.shobj_description(d.oid, 'pg_database'), '')
           AS comment
  FROM (SELECT p.*, pg_catalog.to_jsonb(p) AS j
          FROM pg_catalog.pg_database AS p) AS d
  JOIN pg_catalog.pg_roles AS r ON r.oid = d.datdba
  JOIN pg_catalog.pg_tablespace AS t ON t.oid = d.dattablespace
 WHERE d.datname = ANY ($1::text[])
