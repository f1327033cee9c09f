--: title security label
--: class security-label
--: order 91
-- identity is the provider, then the class and the identity of what the label
-- is on, written as those classes' own files write them; target is the same as
-- SECURITY LABEL ON wants it; definition is the label as an SQL literal.
-- Labels of what is no fact, as a large object, are left out.
--
-- No object has the address (pg_seclabel, object, column); it only keeps
-- labels apart from what they are on.
WITH label AS MATERIALIZED (
    SELECT l.*
      FROM pg_catalog.pg_seclabel AS l
     WHERE NOT EXISTS (SELECT
             FROM pg_catalog.pg_depend AS e
            WHERE e.classid = l.classoid
              AND e.objid = l.objoid
              AND e.refclassid = 'pg_catalog.pg_extension'::regclass
              AND e.deptype = 'e')
), object AS (
    SELECT l.*,
           CASE c.relkind
               WHEN 'S' THEN 'sequence'
               WHEN 'v' THEN 'view'
               WHEN 'm' THEN 'materialized-view'
               WHEN 'f' THEN 'foreign-table'
               ELSE 'table'
           END AS class,
           pg_catalog.format('%I.%I', n.nspname, c.relname) AS identity,
           a.attname AS column
      FROM label AS l
      JOIN pg_catalog.pg_class AS c
        ON l.classoid = 'pg_catalog.pg_class'::regclass
       AND c.oid = l.objoid
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      LEFT JOIN pg_catalog.pg_attribute AS a
        ON a.attrelid = c.oid
       AND a.attnum = l.objsubid
       AND l.objsubid > 0
     WHERE n.nspname !~ '^pg_'
       AND n.nspname <> 'information_schema'
    UNION ALL
    SELECT l.*,
           CASE t.typtype
               WHEN 'e' THEN 'enum'
               WHEN 'c' THEN 'composite-type'
               WHEN 'd' THEN 'domain'
               WHEN 'r' THEN 'range-type'
               ELSE 'base-type'
           END,
           pg_catalog.format('%I.%I', n.nspname, t.typname),
           NULL
      FROM label AS l
      JOIN pg_catalog.pg_type AS t
        ON l.classoid = 'pg_catalog.pg_type'::regclass
       AND t.oid = l.objoid
      JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
     WHERE n.nspname !~ '^pg_'
       AND n.nspname <> 'information_schema'
    UNION ALL
    SELECT l.*,
           CASE p.prokind
               WHEN 'a' THEN 'aggregate'
               WHEN 'p' THEN 'procedure'
               ELSE 'function'
           END,
           pg_catalog.format('%I.%I(%s)', n.nspname, p.proname,
               CASE WHEN p.prokind = 'a' AND p.pronargs = 0 THEN '*' ELSE
                   (SELECT pg_catalog.string_agg(
                               pg_catalog.format_type(t.type, NULL), ', '
                               ORDER BY t.position)
                      FROM pg_catalog.unnest(p.proargtypes)
                           WITH ORDINALITY AS t(type, position))
               END),
           NULL
      FROM label AS l
      JOIN pg_catalog.pg_proc AS p
        ON l.classoid = 'pg_catalog.pg_proc'::regclass
       AND p.oid = l.objoid
      JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
     WHERE n.nspname !~ '^pg_'
       AND n.nspname <> 'information_schema'
    UNION ALL
    SELECT l.*, o.class, pg_catalog.quote_ident(o.name), NULL
      FROM label AS l
      JOIN (SELECT 'pg_catalog.pg_namespace'::regclass AS classoid,
                   x.oid, 'schema' AS class, x.nspname AS name
              FROM pg_catalog.pg_namespace AS x
             WHERE x.nspname !~ '^pg_'
               AND x.nspname <> 'information_schema'
            UNION ALL
            SELECT 'pg_catalog.pg_language'::regclass,
                   x.oid, 'language', x.lanname
              FROM pg_catalog.pg_language AS x
             WHERE x.oid >= 16384
            UNION ALL
            SELECT 'pg_catalog.pg_event_trigger'::regclass,
                   x.oid, 'event-trigger', x.evtname
              FROM pg_catalog.pg_event_trigger AS x
            UNION ALL
            SELECT 'pg_catalog.pg_publication'::regclass,
                   x.oid, 'publication', x.pubname
              FROM pg_catalog.pg_publication AS x
            UNION ALL
            -- Not everybody may read its oid.
            SELECT 'pg_catalog.pg_subscription'::regclass,
                   CASE WHEN x.subdbid = (SELECT d.oid
                         FROM pg_catalog.pg_database AS d
                        WHERE d.datname = pg_catalog.current_database())
                       THEN (pg_catalog.pg_get_object_address('subscription',
                           ARRAY[x.subname::text], '{}')).objid
                   END, 'subscription', x.subname
              FROM pg_catalog.pg_subscription AS x) AS o
        ON o.classoid = l.classoid
       AND o.oid = l.objoid
), named AS (
    SELECT o.*,
           CASE
               WHEN o.column IS NULL THEN o.class
               WHEN o.class = 'composite-type' THEN 'attribute'
               ELSE 'column'
           END || ' ' || o.identity
           || COALESCE('.' || pg_catalog.quote_ident(o.column), '')
               AS address
      FROM object AS o
)
SELECT 'pg_catalog.pg_seclabel'::regclass::oid AS classid,
       n.objoid AS objid,
       n.objsubid,
       pg_catalog.quote_ident(n.provider) || ' ' || n.address AS identity,
       CASE
           WHEN n.column IS NOT NULL
               AND n.class IN ('view', 'materialized-view', 'sequence')
               THEN n.class || ' ' || n.identity
           ELSE n.address
       END AS parent,
       pg_catalog.quote_literal(n.label) AS definition,
       CASE
           WHEN n.column IS NOT NULL
               THEN 'COLUMN ' || n.identity || '.'
                   || pg_catalog.quote_ident(n.column)
           WHEN n.class IN ('enum', 'composite-type', 'range-type',
                            'base-type')
               THEN 'TYPE ' || n.identity
           ELSE pg_catalog.upper(pg_catalog.replace(n.class, '-', ' '))
               || ' ' || n.identity
       END AS target
  FROM named AS n
