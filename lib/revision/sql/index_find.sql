--: title a table and the relation of an index's name beside it
-- $1 is the table as SQL writes it, looked up as the statement would; $2 the
-- index, NULL: it has no name yet.
SELECT t.oid AS table_oid,
       t.relname AS table_name,
       pg_catalog.format('%I.%I', n.nspname, t.relname) AS table,
       c.oid AS index_oid,
       n.nspname AS schema,
       c.relname AS index_name,
       pg_catalog.quote_ident(n.nspname) || '.'
           || pg_catalog.quote_ident(c.relname) AS index,
       coalesce(c.relkind = 'i' AND x.indrelid = t.oid, false) AS ours,
       coalesce(x.indisvalid AND x.indisready AND x.indislive,
           false) AS valid
  FROM pg_catalog.pg_class AS t
  JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
  LEFT JOIN pg_catalog.pg_class AS c
         ON c.relnamespace = t.relnamespace
        AND c.relname = (pg_catalog.parse_ident($2))[1]::pg_catalog.name
  LEFT JOIN pg_catalog.pg_index AS x ON x.indexrelid = c.oid
 WHERE t.oid = pg_catalog.to_regclass($1)
