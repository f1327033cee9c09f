--: title where the version table stands
-- $1 is its name, $2 its schema, or NULL: look for it.  The one in public
-- comes first.  When looking, what is no version table is passed over; in the
-- schema that was named it is returned, so that it can be complained about.
SELECT n.nspname AS schema,
       pg_catalog.format('%I.%I', n.nspname, c.relname) AS name,
       f.fits,
       CASE
           WHEN a.atttypid = 'pg_catalog.varchar'::pg_catalog.regtype
               THEN greatest(a.atttypmod - 4, 0)
           ELSE 0
       END AS width
  FROM pg_catalog.pg_class AS c
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_attribute AS a
         ON a.attrelid = c.oid
        AND a.attname = 'version_num'
        AND NOT a.attisdropped
 CROSS JOIN LATERAL (
       SELECT c.relkind IN ('r', 'p') AND a.attnum IS NOT NULL AS fits) AS f
 WHERE c.relname = $1::pg_catalog.text
   AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
   AND (n.nspname = $2::pg_catalog.text
        OR ($2::pg_catalog.text IS NULL
            AND f.fits
            AND n.nspname !~ '^pg_'))
 ORDER BY n.nspname = 'public' DESC, n.nspname COLLATE "C"
