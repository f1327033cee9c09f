--: title the columns of tables that a statement names
-- $1 is an array of words.
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS relation,
       a.attname AS name
  FROM pg_catalog.pg_class AS c
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid
 WHERE c.relname IN (SELECT w.word
         FROM pg_catalog.jsonb_array_elements_text($1::pg_catalog.jsonb)
              AS w (word))
   AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
   AND n.nspname !~ '^pg_'
   AND a.attnum > 0
   AND NOT a.attisdropped
 ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", a.attnum
