--: title owner
--: class owner
--: order 86
--: compare attributes
-- A fact for each object that does not belong to the owner of everything:
-- identity is the class and the identity of the object, written as those
-- classes' own files write them; target is the same as ALTER wants it;
-- definition is what follows it.
--
-- The owner of everything is nobody in particular: in a scratch database it is
-- whoever runs the SQL, in the real one the role that the application has.
-- The setting tb.owners names it, or several of them that count as one, a
-- line each; without it, it is the owner of the database.  So two databases
-- that differ in nothing but its name have the same facts.  pg_database_owner
-- is the same by another name.  An object whose fact is missing on one side
-- belongs there to the owner of everything, CURRENT_USER to SQL that runs as
-- that role.
--
-- What cannot have an owner of its own is left out: indexes, the sequences
-- that belong to a column, the types that come with another, and the members
-- of extensions.  Large objects are a class of their own.
--
-- No object has the address (pg_shdepend, object, 0).
WITH own AS (
    SELECT r.oid
      FROM pg_catalog.pg_roles AS r
     WHERE r.rolname = 'pg_database_owner'
        OR r.rolname = ANY (pg_catalog.string_to_array(
            pg_catalog.current_setting('tb.owners', true), E'\n'))
    UNION ALL
    SELECT d.datdba
      FROM pg_catalog.pg_database AS d
     WHERE d.datname = pg_catalog.current_database()
       AND COALESCE(pg_catalog.current_setting('tb.owners', true), '') = ''
), owned AS (
    SELECT 'pg_catalog.pg_class'::regclass AS catalogue,
           x.oid,
           x.relowner AS owner
      FROM pg_catalog.pg_class AS x
     WHERE x.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
       AND x.relpersistence <> 't'
    UNION ALL
    SELECT 'pg_catalog.pg_proc'::regclass, x.oid, x.proowner
      FROM pg_catalog.pg_proc AS x
    UNION ALL
    SELECT 'pg_catalog.pg_type'::regclass, x.oid, x.typowner
      FROM pg_catalog.pg_type AS x
    UNION ALL
    SELECT 'pg_catalog.pg_namespace'::regclass, x.oid, x.nspowner
      FROM pg_catalog.pg_namespace AS x
    UNION ALL
    SELECT 'pg_catalog.pg_language'::regclass, x.oid, x.lanowner
      FROM pg_catalog.pg_language AS x
    UNION ALL
    SELECT 'pg_catalog.pg_foreign_data_wrapper'::regclass, x.oid, x.fdwowner
      FROM pg_catalog.pg_foreign_data_wrapper AS x
    UNION ALL
    SELECT 'pg_catalog.pg_foreign_server'::regclass, x.oid, x.srvowner
      FROM pg_catalog.pg_foreign_server AS x
    UNION ALL
    SELECT 'pg_catalog.pg_collation'::regclass, x.oid, x.collowner
      FROM pg_catalog.pg_collation AS x
    UNION ALL
    SELECT 'pg_catalog.pg_conversion'::regclass, x.oid, x.conowner
      FROM pg_catalog.pg_conversion AS x
    UNION ALL
    SELECT 'pg_catalog.pg_operator'::regclass, x.oid, x.oprowner
      FROM pg_catalog.pg_operator AS x
    UNION ALL
    SELECT 'pg_catalog.pg_opfamily'::regclass, x.oid, x.opfowner
      FROM pg_catalog.pg_opfamily AS x
    UNION ALL
    SELECT 'pg_catalog.pg_opclass'::regclass, x.oid, x.opcowner
      FROM pg_catalog.pg_opclass AS x
    UNION ALL
    SELECT 'pg_catalog.pg_statistic_ext'::regclass, x.oid, x.stxowner
      FROM pg_catalog.pg_statistic_ext AS x
    UNION ALL
    SELECT 'pg_catalog.pg_ts_dict'::regclass, x.oid, x.dictowner
      FROM pg_catalog.pg_ts_dict AS x
    UNION ALL
    SELECT 'pg_catalog.pg_ts_config'::regclass, x.oid, x.cfgowner
      FROM pg_catalog.pg_ts_config AS x
    UNION ALL
    SELECT 'pg_catalog.pg_event_trigger'::regclass, x.oid, x.evtowner
      FROM pg_catalog.pg_event_trigger AS x
    UNION ALL
    SELECT 'pg_catalog.pg_publication'::regclass, x.oid, x.pubowner
      FROM pg_catalog.pg_publication AS x
    UNION ALL
    -- Not everybody may read its oid.
    SELECT 'pg_catalog.pg_subscription'::regclass,
           (pg_catalog.pg_get_object_address('subscription',
               ARRAY[x.subname::text], '{}')).objid,
           x.subowner
      FROM pg_catalog.pg_subscription AS x
     WHERE x.subdbid = (SELECT d.oid
             FROM pg_catalog.pg_database AS d
            WHERE d.datname = pg_catalog.current_database())
), other AS MATERIALIZED (
    -- Before 15 schema public belongs to the role that made the cluster.
    SELECT o.*
      FROM owned AS o
     WHERE o.owner <> ALL (ARRAY(SELECT w.oid FROM own AS w))
       AND (o.oid >= 16384
            OR (o.catalogue = 'pg_catalog.pg_namespace'::regclass
                AND o.oid = pg_catalog.to_regnamespace('public')
                AND o.owner <> 10))
       AND NOT EXISTS (SELECT
             FROM pg_catalog.pg_depend AS e
            WHERE e.classid = o.catalogue
              AND e.objid = o.oid
              AND e.refclassid = 'pg_catalog.pg_extension'::regclass
              AND e.deptype = 'e')
), object AS (
    SELECT o.oid,
           o.owner,
           CASE x.relkind
               WHEN 'S' THEN 'sequence'
               WHEN 'v' THEN 'view'
               WHEN 'm' THEN 'materialized-view'
               WHEN 'f' THEN 'foreign-table'
               ELSE 'table'
           END AS class,
           x.relnamespace AS namespace,
           x.relname AS name,
           NULL::text AS suffix
      FROM other AS o
      JOIN pg_catalog.pg_class AS x ON x.oid = o.oid
     WHERE o.catalogue = 'pg_catalog.pg_class'::regclass
       AND NOT EXISTS (SELECT
             FROM pg_catalog.pg_depend AS d
            WHERE x.relkind = 'S'
              AND d.classid = 'pg_catalog.pg_class'::regclass
              AND d.objid = x.oid
              AND d.refclassid = 'pg_catalog.pg_class'::regclass
              AND d.refobjsubid > 0
              AND d.deptype IN ('a', 'i'))
    UNION ALL
    SELECT o.oid, o.owner,
           CASE x.prokind
               WHEN 'a' THEN 'aggregate'
               WHEN 'p' THEN 'procedure'
               ELSE 'function'
           END,
           x.pronamespace, x.proname,
           pg_catalog.format('(%s)',
               CASE WHEN x.prokind = 'a' AND x.pronargs = 0 THEN '*' ELSE
                   (SELECT pg_catalog.string_agg(
                               pg_catalog.format_type(t.type, NULL), ', '
                               ORDER BY t.position)
                      FROM pg_catalog.unnest(x.proargtypes)
                           WITH ORDINALITY AS t(type, position))
               END)
      FROM other AS o
      JOIN pg_catalog.pg_proc AS x ON x.oid = o.oid
     WHERE o.catalogue = 'pg_catalog.pg_proc'::regclass
       AND NOT EXISTS (SELECT
             FROM pg_catalog.pg_depend AS d
            WHERE d.classid = 'pg_catalog.pg_proc'::regclass
              AND d.objid = x.oid
              AND d.deptype = 'i')
    UNION ALL
    SELECT o.oid, o.owner,
           CASE x.typtype
               WHEN 'e' THEN 'enum'
               WHEN 'c' THEN 'composite-type'
               WHEN 'd' THEN 'domain'
               WHEN 'r' THEN 'range-type'
               ELSE 'base-type'
           END,
           x.typnamespace, x.typname, NULL
      FROM other AS o
      JOIN pg_catalog.pg_type AS x ON x.oid = o.oid
      LEFT JOIN pg_catalog.pg_class AS c ON c.oid = x.typrelid
     WHERE o.catalogue = 'pg_catalog.pg_type'::regclass
       AND x.typtype IN ('e', 'c', 'd', 'r', 'b', 'p')
       AND (c.oid IS NULL OR c.relkind = 'c')
       AND NOT EXISTS (SELECT
             FROM pg_catalog.pg_type AS a
            WHERE a.oid = x.typelem
              AND a.typarray = x.oid)
    UNION ALL
    SELECT o.oid, o.owner, x.class, x.namespace, x.name, x.suffix
      FROM other AS o
      JOIN (SELECT 'pg_catalog.pg_namespace'::regclass AS catalogue,
                   y.oid, 'schema' AS class, 0::oid AS namespace,
                   y.nspname AS name, NULL AS suffix
              FROM pg_catalog.pg_namespace AS y
             WHERE y.nspname !~ '^pg_'
            UNION ALL
            SELECT 'pg_catalog.pg_language'::regclass,
                   y.oid, 'language', 0, y.lanname, NULL
              FROM pg_catalog.pg_language AS y
            UNION ALL
            SELECT 'pg_catalog.pg_foreign_data_wrapper'::regclass,
                   y.oid, 'foreign-data-wrapper', 0, y.fdwname, NULL
              FROM pg_catalog.pg_foreign_data_wrapper AS y
            UNION ALL
            SELECT 'pg_catalog.pg_foreign_server'::regclass,
                   y.oid, 'server', 0, y.srvname, NULL
              FROM pg_catalog.pg_foreign_server AS y
            UNION ALL
            SELECT 'pg_catalog.pg_event_trigger'::regclass,
                   y.oid, 'event-trigger', 0, y.evtname, NULL
              FROM pg_catalog.pg_event_trigger AS y
            UNION ALL
            SELECT 'pg_catalog.pg_publication'::regclass,
                   y.oid, 'publication', 0, y.pubname, NULL
              FROM pg_catalog.pg_publication AS y
            UNION ALL
            SELECT 'pg_catalog.pg_subscription'::regclass,
                   (pg_catalog.pg_get_object_address('subscription',
                       ARRAY[y.subname::text], '{}')).objid,
                   'subscription', 0, y.subname, NULL
              FROM pg_catalog.pg_subscription AS y
             WHERE y.subdbid = (SELECT d.oid
                     FROM pg_catalog.pg_database AS d
                    WHERE d.datname = pg_catalog.current_database())
            UNION ALL
            SELECT 'pg_catalog.pg_collation'::regclass,
                   y.oid, 'collation', y.collnamespace, y.collname, NULL
              FROM pg_catalog.pg_collation AS y
             WHERE y.collencoding IN (-1, pg_catalog.pg_char_to_encoding(
                 pg_catalog.getdatabaseencoding()))
            UNION ALL
            SELECT 'pg_catalog.pg_conversion'::regclass,
                   y.oid, 'conversion', y.connamespace, y.conname, NULL
              FROM pg_catalog.pg_conversion AS y
            UNION ALL
            SELECT 'pg_catalog.pg_statistic_ext'::regclass,
                   y.oid, 'statistics', y.stxnamespace, y.stxname, NULL
              FROM pg_catalog.pg_statistic_ext AS y
            UNION ALL
            SELECT 'pg_catalog.pg_ts_dict'::regclass,
                   y.oid, 'text-search-dictionary', y.dictnamespace,
                   y.dictname, NULL
              FROM pg_catalog.pg_ts_dict AS y
            UNION ALL
            SELECT 'pg_catalog.pg_ts_config'::regclass,
                   y.oid, 'text-search-configuration', y.cfgnamespace,
                   y.cfgname, NULL
              FROM pg_catalog.pg_ts_config AS y
            UNION ALL
            SELECT 'pg_catalog.pg_opfamily'::regclass,
                   y.oid, 'operator-family', y.opfnamespace, y.opfname,
                   ' USING ' || pg_catalog.quote_ident(am.amname)
              FROM pg_catalog.pg_opfamily AS y
              JOIN pg_catalog.pg_am AS am ON am.oid = y.opfmethod
            UNION ALL
            SELECT 'pg_catalog.pg_opclass'::regclass,
                   y.oid, 'operator-class', y.opcnamespace, y.opcname,
                   ' USING ' || pg_catalog.quote_ident(am.amname)
              FROM pg_catalog.pg_opclass AS y
              JOIN pg_catalog.pg_am AS am ON am.oid = y.opcmethod
           ) AS x
        ON x.catalogue = o.catalogue
       AND x.oid = o.oid
), named AS (
    SELECT o.oid,
           o.owner,
           o.class,
           COALESCE(pg_catalog.quote_ident(n.nspname) || '.', '')
               || pg_catalog.quote_ident(o.name)
               || COALESCE(o.suffix, '') AS identity
      FROM object AS o
      LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = o.namespace
     WHERE o.namespace = 0
        OR (n.nspname !~ '^pg_' AND n.nspname <> 'information_schema')
    UNION ALL
    -- Its name needs no quotes.
    SELECT o.oid, o.owner, 'operator',
           pg_catalog.format('%I.%s(%s, %s)', n.nspname, x.oprname,
               COALESCE(pg_catalog.format_type(NULLIF(x.oprleft, 0), NULL),
                   'NONE'),
               COALESCE(pg_catalog.format_type(NULLIF(x.oprright, 0), NULL),
                   'NONE'))
      FROM other AS o
      JOIN pg_catalog.pg_operator AS x ON x.oid = o.oid
      JOIN pg_catalog.pg_namespace AS n ON n.oid = x.oprnamespace
     WHERE o.catalogue = 'pg_catalog.pg_operator'::regclass
       AND x.oprcode <> 0
       AND n.nspname !~ '^pg_'
       AND n.nspname <> 'information_schema'
)
SELECT 'pg_catalog.pg_shdepend'::regclass::oid AS classid,
       n.oid AS objid,
       0 AS objsubid,
       n.class || ' ' || n.identity AS identity,
       n.class || ' ' || n.identity AS parent,
       'OWNER TO ' || v.owner AS definition,
       v.owner,
       CASE
           WHEN n.class IN ('enum', 'composite-type', 'range-type',
                            'base-type')
               THEN 'TYPE '
           ELSE pg_catalog.upper(pg_catalog.replace(n.class, '-', ' ')) || ' '
       END || n.identity AS target
  FROM named AS n
 CROSS JOIN LATERAL (
       SELECT pg_catalog.quote_ident(
           pg_catalog.pg_get_userbyid(n.owner)) AS owner) AS v
