--: title who owns what a statement names, and what this session may do with it
-- $1 is an array of words.  A privilege is in "lacking" if it is not there;
-- behind is the role that pg_database_owner stands for.
WITH object AS (
    SELECT 'TABLE' AS kind,
           c.relname::text AS word,
           pg_catalog.format('%I.%I', n.nspname, c.relname) AS name,
           c.relowner AS owner,
           (SELECT pg_catalog.string_agg(p.word, ' ' ORDER BY p.place)
              FROM pg_catalog.unnest(ARRAY['SELECT', 'INSERT', 'UPDATE',
                       'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'])
                   WITH ORDINALITY AS p (word, place)
             WHERE NOT pg_catalog.has_table_privilege(c.oid, p.word))
               AS lacking
      FROM pg_catalog.pg_class AS c
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
       AND n.nspname !~ '^pg_'
     UNION ALL
    SELECT 'SEQUENCE', c.relname::text,
           pg_catalog.format('%I.%I', n.nspname, c.relname), c.relowner,
           CASE
               WHEN NOT pg_catalog.has_sequence_privilege(c.oid, 'USAGE')
                   THEN 'USAGE'
           END
      FROM pg_catalog.pg_class AS c
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
     WHERE c.relkind = 'S'
       AND n.nspname !~ '^pg_'
     UNION ALL
    SELECT 'INDEX', c.relname::text,
           pg_catalog.format('%I.%I', n.nspname, c.relname), c.relowner, NULL
      FROM pg_catalog.pg_class AS c
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('i', 'I')
       AND n.nspname !~ '^pg_'
     UNION ALL
    SELECT 'SCHEMA', n.nspname::text, pg_catalog.quote_ident(n.nspname),
           n.nspowner,
           pg_catalog.concat_ws(' ',
               CASE
                   WHEN NOT pg_catalog.has_schema_privilege(n.oid, 'USAGE')
                       THEN 'USAGE'
               END,
               CASE
                   WHEN NOT pg_catalog.has_schema_privilege(n.oid, 'CREATE')
                       THEN 'CREATE'
               END)
      FROM pg_catalog.pg_namespace AS n
     UNION ALL
    SELECT 'DATABASE', d.datname::text, pg_catalog.quote_ident(d.datname),
           d.datdba,
           CASE
               WHEN NOT pg_catalog.has_database_privilege(d.oid, 'CREATE')
                   THEN 'CREATE'
           END
      FROM pg_catalog.pg_database AS d
     WHERE d.datname = pg_catalog.current_database()
     UNION ALL
    SELECT 'FUNCTION', f.proname::text, f.oid::pg_catalog.regprocedure::text,
           f.proowner,
           CASE
               WHEN NOT pg_catalog.has_function_privilege(f.oid, 'EXECUTE')
                   THEN 'EXECUTE'
           END
      FROM pg_catalog.pg_proc AS f
      JOIN pg_catalog.pg_namespace AS n ON n.oid = f.pronamespace
     WHERE n.nspname <> 'pg_catalog'
     UNION ALL
    SELECT 'TYPE', y.typname::text, pg_catalog.format_type(y.oid, NULL),
           y.typowner,
           CASE
               WHEN NOT pg_catalog.has_type_privilege(y.oid, 'USAGE')
                   THEN 'USAGE'
           END
      FROM pg_catalog.pg_type AS y
      JOIN pg_catalog.pg_namespace AS n ON n.oid = y.typnamespace
     WHERE y.typtype IN ('d', 'e', 'r')
       AND n.nspname !~ '^pg_'
       AND n.nspname <> 'information_schema'
)
SELECT o.kind,
       o.word,
       o.name,
       o.lacking,
       pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(o.owner)) AS owner,
       CASE pg_catalog.pg_get_userbyid(o.owner)
           WHEN 'pg_database_owner' THEN (SELECT pg_catalog.quote_ident(
                   pg_catalog.pg_get_userbyid(d.datdba))
             FROM pg_catalog.pg_database AS d
            WHERE d.datname = pg_catalog.current_database())
       END AS behind,
       pg_catalog.pg_has_role(o.owner, 'USAGE') AS owns,
       pg_catalog.pg_has_role(SESSION_USER, o.owner, 'MEMBER') AS can_become,
       pg_catalog.quote_ident(CURRENT_USER) AS role,
       pg_catalog.quote_ident(SESSION_USER) AS login
  FROM object AS o
 WHERE o.word = pg_catalog.current_database()
    OR o.word IN (SELECT w.word
         FROM pg_catalog.jsonb_array_elements_text($1::pg_catalog.jsonb)
              AS w (word))
 ORDER BY o.kind COLLATE "C", o.name COLLATE "C"
