--: title the statement that makes a scratch database like this one
-- template0 is the only template that takes any encoding and locale.  The
-- locale columns were renamed twice, so they are read through jsonb.
SELECT pg_catalog.format(
           'CREATE DATABASE %I TEMPLATE template0 ENCODING %L'
           ' LC_COLLATE %L LC_CTYPE %L',
           $1::pg_catalog.text, pg_catalog.pg_encoding_to_char(d.encoding),
           d.datcollate, d.datctype)
       || CASE d.j ->> 'datlocprovider'
          WHEN 'i' THEN pg_catalog.format(' LOCALE_PROVIDER icu ICU_LOCALE %L',
              coalesce(d.j ->> 'datlocale', d.j ->> 'daticulocale'))
          WHEN 'b' THEN pg_catalog.format(
              ' LOCALE_PROVIDER builtin BUILTIN_LOCALE %L',
              d.j ->> 'datlocale')
          WHEN 'c' THEN ' LOCALE_PROVIDER libc'
          ELSE '' END
  FROM (SELECT p.*, pg_catalog.to_jsonb(p) AS j
          FROM pg_catalog.pg_database AS p) AS d
 WHERE d.datname = pg_catalog.current_database()
