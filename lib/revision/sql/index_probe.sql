--: title is there an index like one that was made for comparison?
-- $1 is the table, $2 the index of the name that the statement gives, NULL: the
-- server chooses the name; $3 the table of the index to compare with, which
-- has the same name and columns.  What follows USING is the server's own text.
WITH def AS (
    SELECT x.indexrelid,
           x.indrelid,
           x.indisunique,
           x.indisvalid AND x.indisready AND x.indislive AS valid,
           n.nspname,
           c.relname,
           c.reltablespace,
           CASE WHEN x.indisunique THEN 'UNIQUE ' ELSE '' END AS kind,
           pg_catalog.regexp_replace(pg_catalog.pg_get_indexdef(c.oid),
               '^CREATE (UNIQUE )?INDEX ("([^"]|"")+"|[^ "]+) ON (ONLY )?'
               '("([^"]|"")+"|[^ ".]+)(\.("([^"]|"")+"|[^ ".]+))? USING ',
               '') AS tail
      FROM pg_catalog.pg_index AS x
      JOIN pg_catalog.pg_class AS c ON c.oid = x.indexrelid
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
)
SELECT d.indexrelid AS oid,
       d.nspname AS schema,
       d.relname AS index_name,
       pg_catalog.format('%I.%I', d.nspname, d.relname) AS index,
       d.valid,
       d.tail = p.tail
           AND d.indisunique = p.indisunique
           AND d.reltablespace = p.reltablespace AS same,
       pg_catalog.format('CREATE %sINDEX %I ON %s USING %s%s', d.kind,
           d.relname, $1::pg_catalog.oid::pg_catalog.regclass, d.tail,
           ' TABLESPACE ' || ds.spcname) AS is,
       pg_catalog.format('CREATE %sINDEX %I ON %s USING %s%s', p.kind,
           d.relname, $1::pg_catalog.oid::pg_catalog.regclass, p.tail,
           ' TABLESPACE ' || ps.spcname) AS wanted
  FROM def AS d
  JOIN def AS p ON p.indrelid = pg_catalog.to_regclass($3)
  LEFT JOIN pg_catalog.pg_tablespace AS ds ON ds.oid = d.reltablespace
  LEFT JOIN pg_catalog.pg_tablespace AS ps ON ps.oid = p.reltablespace
 WHERE d.indrelid = $1::pg_catalog.oid
   AND CASE
           WHEN $2::pg_catalog.oid IS NOT NULL
               THEN d.indexrelid = $2::pg_catalog.oid
           ELSE pg_catalog.left(d.relname,
                   pg_catalog.length(p.relname)) = p.relname
               AND pg_catalog.substr(d.relname,
                   pg_catalog.length(p.relname) + 1) ~ '^[0-9]*$'
       END
 ORDER BY d.valid DESC, d.relname COLLATE "C"
