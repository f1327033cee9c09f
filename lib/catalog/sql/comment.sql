--: title comment
--: class comment
--: order 90
-- identity is the class and the identity of what the comment is on, written as
-- those classes' own files write them; target is the same as COMMENT ON wants
-- it; definition is the text as an SQL literal.  What is not a fact itself has
-- its owner as parent: a view's column the view, a key's index the key.
--
-- Left out are the comment of schema public, which nobody wrote, and those of
-- extensions, databases and large objects, which are attributes of theirs.
--
-- No object has the address (pg_description, object, column); it only keeps
-- comments apart from what they are on.
WITH described AS MATERIALIZED (
    SELECT d.classoid,
           d.objoid,
           d.objsubid,
           d.description
      FROM pg_catalog.pg_description AS d
     WHERE (d.objoid >= 16384
            OR d.objoid = pg_catalog.to_regnamespace('public'))
       AND NOT EXISTS (SELECT
             FROM pg_catalog.pg_depend AS e
            WHERE e.classid = d.classoid
              AND e.objid = d.objoid
              AND e.refclassid = 'pg_catalog.pg_extension'::regclass
              AND e.deptype = 'e')
), relation AS NOT MATERIALIZED (
    SELECT c.oid,
           CASE c.relkind
               WHEN 'S' THEN 'sequence'
               WHEN 'v' THEN 'view'
               WHEN 'm' THEN 'materialized-view'
               WHEN 'i' THEN 'index'
               WHEN 'I' THEN 'index'
               WHEN 'c' THEN 'composite-type'
               WHEN 'f' THEN 'foreign-table'
               ELSE 'table'
           END AS class,
           pg_catalog.format('%I.%I', n.nspname, c.relname) AS identity,
           c.relispartition
      FROM pg_catalog.pg_class AS c
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'S', 'v', 'm', 'i', 'I', 'c', 'f')
       AND c.relpersistence <> 't'
       AND n.nspname !~ '^pg_'
       AND n.nspname <> 'information_schema'
       AND NOT EXISTS (SELECT
             FROM pg_catalog.pg_depend AS e
            WHERE e.classid = 'pg_catalog.pg_class'::regclass
              AND e.objid = c.oid
              AND e.refclassid = 'pg_catalog.pg_extension'::regclass
              AND e.deptype = 'e')
), type AS NOT MATERIALIZED (
    SELECT t.oid,
           CASE t.typtype
               WHEN 'e' THEN 'enum'
               WHEN 'c' THEN 'composite-type'
               WHEN 'd' THEN 'domain'
               WHEN 'r' THEN 'range-type'
               WHEN 'b' THEN 'base-type'
           END AS class,
           pg_catalog.format('%I.%I', n.nspname, t.typname) AS identity
      FROM pg_catalog.pg_type AS t
      JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
      LEFT JOIN pg_catalog.pg_class AS c ON c.oid = t.typrelid
     WHERE t.typtype IN ('e', 'c', 'd', 'r', 'b')
       AND (c.oid IS NULL OR c.relkind = 'c')
       AND NOT EXISTS (SELECT
             FROM pg_catalog.pg_type AS a
            WHERE a.oid = t.typelem
              AND a.typarray = t.oid)
       AND n.nspname !~ '^pg_'
       AND n.nspname <> 'information_schema'
), object AS (
    SELECT 'pg_catalog.pg_namespace'::regclass AS classoid,
           n.oid AS objoid,
           0 AS objsubid,
           'schema' AS class,
           pg_catalog.quote_ident(n.nspname) AS identity,
           NULL::text AS parent,
           NULL::text AS target
      FROM pg_catalog.pg_namespace AS n
     WHERE n.nspname !~ '^pg_'
       AND n.nspname <> 'information_schema'
    UNION ALL
    -- The index of a partition is no fact itself.
    SELECT 'pg_catalog.pg_class'::regclass, r.oid, 0, r.class, r.identity,
           CASE
               WHEN r.class = 'index' AND r.relispartition
                   THEN p.class || ' ' || p.identity
               ELSE 'constraint ' || p.identity || '.'
                   || pg_catalog.quote_ident(k.conname)
           END,
           NULL
      FROM described AS d
      JOIN relation AS r ON r.oid = d.objoid
      LEFT JOIN pg_catalog.pg_constraint AS k
        ON k.conindid = r.oid
       AND k.contype IN ('p', 'u', 'x')
      LEFT JOIN pg_catalog.pg_index AS i ON i.indexrelid = r.oid
      LEFT JOIN relation AS p ON p.oid = i.indrelid
     WHERE d.classoid = 'pg_catalog.pg_class'::regclass
       AND d.objsubid = 0
       AND r.class <> 'composite-type'
    UNION ALL
    SELECT 'pg_catalog.pg_class'::regclass, r.oid, a.attnum,
           CASE r.class WHEN 'composite-type' THEN 'attribute'
               ELSE 'column' END,
           r.identity || '.' || pg_catalog.quote_ident(a.attname),
           CASE WHEN r.class IN ('view', 'materialized-view')
               THEN r.class || ' ' || r.identity
           END,
           'COLUMN ' || r.identity || '.' || pg_catalog.quote_ident(a.attname)
      FROM described AS d
      JOIN relation AS r ON r.oid = d.objoid
      JOIN pg_catalog.pg_attribute AS a
        ON a.attrelid = r.oid
       AND a.attnum = d.objsubid
     WHERE d.classoid = 'pg_catalog.pg_class'::regclass
       AND d.objsubid > 0
       AND r.class <> 'index'
       AND NOT a.attisdropped
    UNION ALL
    SELECT 'pg_catalog.pg_type'::regclass, t.oid, 0, t.class, t.identity,
           NULL,
           CASE t.class WHEN 'domain' THEN 'DOMAIN ' ELSE 'TYPE ' END
               || t.identity
      FROM type AS t
     WHERE t.oid IN (SELECT d.objoid
             FROM described AS d
            WHERE d.classoid = 'pg_catalog.pg_type'::regclass)
    UNION ALL
    SELECT 'pg_catalog.pg_constraint'::regclass, k.oid, 0,
           CASE WHEN r.oid IS NULL THEN 'domain-constraint'
               ELSE 'constraint' END,
           COALESCE(r.identity, t.identity) || '.'
               || pg_catalog.quote_ident(k.conname),
           CASE
               WHEN k.conparentid <> 0 THEN r.class || ' ' || r.identity
               WHEN k.contype <> 'n' THEN NULL
               WHEN r.oid IS NULL THEN 'domain ' || t.identity
               ELSE (SELECT 'column ' || r.identity || '.'
                               || pg_catalog.quote_ident(a.attname)
                       FROM pg_catalog.pg_attribute AS a
                      WHERE a.attrelid = k.conrelid
                        AND a.attnum = k.conkey[1])
           END,
           'CONSTRAINT ' || pg_catalog.quote_ident(k.conname) || ' ON '
               || COALESCE(r.identity, 'DOMAIN ' || t.identity)
      FROM pg_catalog.pg_constraint AS k
      LEFT JOIN relation AS r ON r.oid = k.conrelid
      LEFT JOIN type AS t ON t.oid = k.contypid
     WHERE k.contype IN ('p', 'u', 'f', 'c', 'x', 'n')
       AND (k.conparentid = 0 OR k.contype IN ('p', 'u', 'x'))
       AND (k.conislocal OR k.contype <> 'n')
       AND k.oid IN (SELECT d.objoid
             FROM described AS d
            WHERE d.classoid = 'pg_catalog.pg_constraint'::regclass)
    UNION ALL
    SELECT 'pg_catalog.pg_proc'::regclass, p.oid, 0,
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
           NULL, NULL
      FROM pg_catalog.pg_proc AS p
      JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
     WHERE n.nspname !~ '^pg_'
       AND n.nspname <> 'information_schema'
       AND p.oid IN (SELECT d.objoid
             FROM described AS d
            WHERE d.classoid = 'pg_catalog.pg_proc'::regclass)
    UNION ALL
    SELECT 'pg_catalog.pg_trigger'::regclass, t.oid, 0, 'trigger',
           r.identity || '.' || pg_catalog.quote_ident(t.tgname),
           CASE WHEN t.tgparentid <> 0 THEN r.class || ' ' || r.identity END,
           'TRIGGER ' || pg_catalog.quote_ident(t.tgname) || ' ON '
               || r.identity
      FROM pg_catalog.pg_trigger AS t
      JOIN relation AS r ON r.oid = t.tgrelid
     WHERE NOT t.tgisinternal
       AND t.oid IN (SELECT d.objoid
             FROM described AS d
            WHERE d.classoid = 'pg_catalog.pg_trigger'::regclass)
    UNION ALL
    SELECT 'pg_catalog.pg_rewrite'::regclass, w.oid, 0, 'rule',
           r.identity || '.' || pg_catalog.quote_ident(w.rulename),
           NULL,
           'RULE ' || pg_catalog.quote_ident(w.rulename) || ' ON '
               || r.identity
      FROM pg_catalog.pg_rewrite AS w
      JOIN relation AS r ON r.oid = w.ev_class
     WHERE w.rulename <> '_RETURN'
       AND w.oid IN (SELECT d.objoid
             FROM described AS d
            WHERE d.classoid = 'pg_catalog.pg_rewrite'::regclass)
    UNION ALL
    SELECT 'pg_catalog.pg_policy'::regclass, p.oid, 0, 'policy',
           r.identity || '.' || pg_catalog.quote_ident(p.polname),
           NULL,
           'POLICY ' || pg_catalog.quote_ident(p.polname) || ' ON '
               || r.identity
      FROM pg_catalog.pg_policy AS p
      JOIN relation AS r ON r.oid = p.polrelid
     WHERE p.oid IN (SELECT d.objoid
             FROM described AS d
            WHERE d.classoid = 'pg_catalog.pg_policy'::regclass)
    UNION ALL
    SELECT 'pg_catalog.pg_statistic_ext'::regclass, s.oid, 0, 'statistics',
           pg_catalog.format('%I.%I', n.nspname, s.stxname),
           NULL, NULL
      FROM pg_catalog.pg_statistic_ext AS s
      JOIN pg_catalog.pg_namespace AS n ON n.oid = s.stxnamespace
      JOIN relation AS r ON r.oid = s.stxrelid
     WHERE s.oid IN (SELECT d.objoid
             FROM described AS d
            WHERE d.classoid = 'pg_catalog.pg_statistic_ext'::regclass)
    UNION ALL
    SELECT 'pg_catalog.pg_event_trigger'::regclass, t.oid, 0,
           'event-trigger', pg_catalog.quote_ident(t.evtname),
           NULL,
           'EVENT TRIGGER ' || pg_catalog.quote_ident(t.evtname)
      FROM pg_catalog.pg_event_trigger AS t
    UNION ALL
    SELECT 'pg_catalog.pg_cast'::regclass, c.oid, 0, 'cast',
           pg_catalog.format('(%s AS %s)',
               pg_catalog.format_type(c.castsource, NULL),
               pg_catalog.format_type(c.casttarget, NULL)),
           NULL, NULL
      FROM pg_catalog.pg_cast AS c
     WHERE c.oid >= 16384
    UNION ALL
    SELECT 'pg_catalog.pg_transform'::regclass, t.oid, 0, 'transform',
           pg_catalog.format('FOR %s LANGUAGE %I',
               pg_catalog.format_type(t.trftype, NULL), l.lanname),
           NULL, NULL
      FROM pg_catalog.pg_transform AS t
      JOIN pg_catalog.pg_language AS l ON l.oid = t.trflang
    UNION ALL
    SELECT 'pg_catalog.pg_operator'::regclass, o.oid, 0, 'operator',
           pg_catalog.format('%I.%s(%s, %s)', n.nspname, o.oprname,
               COALESCE(pg_catalog.format_type(NULLIF(o.oprleft, 0), NULL),
                   'NONE'),
               COALESCE(pg_catalog.format_type(NULLIF(o.oprright, 0), NULL),
                   'NONE')),
           NULL, NULL
      FROM pg_catalog.pg_operator AS o
      JOIN pg_catalog.pg_namespace AS n ON n.oid = o.oprnamespace
     WHERE o.oprcode <> 0
       AND n.nspname !~ '^pg_'
       AND n.nspname <> 'information_schema'
    UNION ALL
    SELECT 'pg_catalog.pg_opfamily'::regclass, f.oid, 0, 'operator-family',
           pg_catalog.format('%I.%I USING %I', n.nspname, f.opfname,
               am.amname),
           NULL, NULL
      FROM pg_catalog.pg_opfamily AS f
      JOIN pg_catalog.pg_namespace AS n ON n.oid = f.opfnamespace
      JOIN pg_catalog.pg_am AS am ON am.oid = f.opfmethod
     WHERE n.nspname !~ '^pg_'
       AND n.nspname <> 'information_schema'
    UNION ALL
    SELECT 'pg_catalog.pg_opclass'::regclass, c.oid, 0, 'operator-class',
           pg_catalog.format('%I.%I USING %I', n.nspname, c.opcname,
               am.amname),
           NULL, NULL
      FROM pg_catalog.pg_opclass AS c
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.opcnamespace
      JOIN pg_catalog.pg_am AS am ON am.oid = c.opcmethod
     WHERE n.nspname !~ '^pg_'
       AND n.nspname <> 'information_schema'
    UNION ALL
    SELECT o.classoid, o.oid, 0, o.class,
           pg_catalog.format('%I.%I', n.nspname, o.name),
           NULL, NULL
      FROM (SELECT 'pg_catalog.pg_collation'::regclass AS classoid,
                   x.oid, 'collation' AS class,
                   x.collnamespace AS namespace, x.collname AS name
              FROM pg_catalog.pg_collation AS x
             WHERE x.collencoding IN (-1, pg_catalog.pg_char_to_encoding(
                 pg_catalog.getdatabaseencoding()))
            UNION ALL
            SELECT 'pg_catalog.pg_conversion'::regclass,
                   x.oid, 'conversion', x.connamespace, x.conname
              FROM pg_catalog.pg_conversion AS x
            UNION ALL
            SELECT 'pg_catalog.pg_ts_parser'::regclass,
                   x.oid, 'text-search-parser', x.prsnamespace, x.prsname
              FROM pg_catalog.pg_ts_parser AS x
            UNION ALL
            SELECT 'pg_catalog.pg_ts_template'::regclass,
                   x.oid, 'text-search-template', x.tmplnamespace,
                   x.tmplname
              FROM pg_catalog.pg_ts_template AS x
            UNION ALL
            SELECT 'pg_catalog.pg_ts_dict'::regclass,
                   x.oid, 'text-search-dictionary', x.dictnamespace,
                   x.dictname
              FROM pg_catalog.pg_ts_dict AS x
            UNION ALL
            SELECT 'pg_catalog.pg_ts_config'::regclass,
                   x.oid, 'text-search-configuration', x.cfgnamespace,
                   x.cfgname
              FROM pg_catalog.pg_ts_config AS x) AS o
      JOIN pg_catalog.pg_namespace AS n ON n.oid = o.namespace
     WHERE n.nspname !~ '^pg_'
       AND n.nspname <> 'information_schema'
    UNION ALL
    SELECT o.classoid, o.oid, 0, o.class, pg_catalog.quote_ident(o.name),
           NULL, NULL
      FROM (SELECT 'pg_catalog.pg_am'::regclass AS classoid,
                   x.oid, 'access-method' AS class, x.amname AS name
              FROM pg_catalog.pg_am AS x
            UNION ALL
            SELECT 'pg_catalog.pg_language'::regclass,
                   x.oid, 'language', x.lanname
              FROM pg_catalog.pg_language AS x
            UNION ALL
            SELECT 'pg_catalog.pg_foreign_data_wrapper'::regclass,
                   x.oid, 'foreign-data-wrapper', x.fdwname
              FROM pg_catalog.pg_foreign_data_wrapper AS x
            UNION ALL
            SELECT 'pg_catalog.pg_foreign_server'::regclass,
                   x.oid, 'server', x.srvname
              FROM pg_catalog.pg_foreign_server AS x
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
     WHERE o.oid >= 16384
)
SELECT 'pg_catalog.pg_description'::regclass::oid AS classid,
       o.objoid AS objid,
       o.objsubid,
       o.class || ' ' || o.identity AS identity,
       COALESCE(o.parent, o.class || ' ' || o.identity) AS parent,
       pg_catalog.quote_literal(d.description) AS definition,
       COALESCE(o.target,
           pg_catalog.upper(pg_catalog.replace(o.class, '-', ' ')) || ' '
           || o.identity) AS target
  FROM described AS d
  JOIN object AS o
    ON o.classoid = d.classoid
   AND o.objoid = d.objoid
   AND o.objsubid = d.objsubid
 WHERE NOT (o.class = 'schema'
            AND o.identity = 'public'
            AND d.description = 'standard public schema')
