--: title the columns of a table's primary key
-- $1 is its name as SQL writes it.
SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', '
           ORDER BY k.place) AS key
  FROM pg_catalog.pg_index AS i
 CROSS JOIN pg_catalog.unnest(i.indkey) WITH ORDINALITY AS k (attnum, place)
  JOIN pg_catalog.pg_attribute AS a
    ON a.attrelid = i.indrelid
   AND a.attnum = k.attnum
 WHERE i.indisprimary
   AND i.indrelid = pg_catalog.to_regclass($1)
