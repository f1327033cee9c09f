--: title privileges
--: class privilege
--: order 87
--: compare attributes
-- A fact for each object and grantee whose privileges are not what the object
-- was made with: identity is the class and the identity of the object, written
-- as those classes' own files write them, and the grantee.  What an object is
-- made with is the server's default for it, be it unsaid or written out; for
-- a member of an extension and for what initdb made, what those gave.
--
-- privileges, grantable and initial are lists as GRANT takes them, or ALL, or
-- NULL for none: what the grantee has, what of it with grant option, and what
-- it has where there is no fact.  ALL is all that the server knows of, which
-- makes MAINTAIN no difference between 16 and 17.  target is the object as
-- GRANT ... ON wants it, definition what follows GRANT.  Who granted is not
-- compared.
--
-- CURRENT_USER is the owner of everything (see owner.sql): several roles that
-- count as one have together what each of them has.
--
-- Privileges on columns are a class of their own.  No object has the address
-- (pg_init_privs, object, grantee).
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
), init AS MATERIALIZED (
    SELECT i.classoid,
           i.objoid,
           i.initprivs
      FROM pg_catalog.pg_init_privs AS i
     WHERE i.objsubid = 0
), object AS (
    SELECT 'pg_catalog.pg_class'::regclass AS catalogue,
           x.oid,
           CASE x.relkind
               WHEN 'S' THEN 'sequence'
               WHEN 'v' THEN 'view'
               WHEN 'm' THEN 'materialized-view'
               WHEN 'f' THEN 'foreign-table'
               ELSE 'table'
           END AS class,
           x.relnamespace AS namespace,
           x.relname AS name,
           NULL::text AS arguments,
           x.relowner AS owner,
           CASE x.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char" AS kind,
           x.relacl AS acl
      FROM pg_catalog.pg_class AS x
     WHERE x.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
       AND x.relpersistence <> 't'
       AND (x.relacl IS NOT NULL
            OR x.oid IN (SELECT i.objoid FROM init AS i))
    UNION ALL
    SELECT 'pg_catalog.pg_proc'::regclass, x.oid,
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
               END),
           x.proowner, 'f', x.proacl
      FROM pg_catalog.pg_proc AS x
     WHERE x.proacl IS NOT NULL
        OR x.oid IN (SELECT i.objoid FROM init AS i)
    UNION ALL
    SELECT 'pg_catalog.pg_type'::regclass, x.oid,
           CASE x.typtype
               WHEN 'e' THEN 'enum'
               WHEN 'c' THEN 'composite-type'
               WHEN 'd' THEN 'domain'
               WHEN 'r' THEN 'range-type'
               ELSE 'base-type'
           END,
           x.typnamespace, x.typname, NULL,
           x.typowner, 'T', x.typacl
      FROM pg_catalog.pg_type AS x
     WHERE x.typacl IS NOT NULL
        OR x.oid IN (SELECT i.objoid FROM init AS i)
    UNION ALL
    SELECT 'pg_catalog.pg_namespace'::regclass, x.oid, 'schema', 0,
           x.nspname, NULL, x.nspowner, 'n', x.nspacl
      FROM pg_catalog.pg_namespace AS x
     WHERE x.nspname !~ '^pg_(toast|temp)'
       AND (x.nspacl IS NOT NULL
            OR x.oid IN (SELECT i.objoid FROM init AS i))
    UNION ALL
    SELECT 'pg_catalog.pg_language'::regclass, x.oid, 'language', 0,
           x.lanname, NULL, x.lanowner, 'l', x.lanacl
      FROM pg_catalog.pg_language AS x
     WHERE x.lanpltrusted
       AND (x.lanacl IS NOT NULL
            OR x.oid IN (SELECT i.objoid FROM init AS i))
    UNION ALL
    SELECT 'pg_catalog.pg_foreign_data_wrapper'::regclass, x.oid,
           'foreign-data-wrapper', 0, x.fdwname, NULL, x.fdwowner, 'F',
           x.fdwacl
      FROM pg_catalog.pg_foreign_data_wrapper AS x
     WHERE x.fdwacl IS NOT NULL
        OR x.oid IN (SELECT i.objoid FROM init AS i)
    UNION ALL
    SELECT 'pg_catalog.pg_foreign_server'::regclass, x.oid, 'server', 0,
           x.srvname, NULL, x.srvowner, 'S', x.srvacl
      FROM pg_catalog.pg_foreign_server AS x
     WHERE x.srvacl IS NOT NULL
        OR x.oid IN (SELECT i.objoid FROM init AS i)
), granted AS MATERIALIZED (
    SELECT o.*,
           n.nspname,
           COALESCE(o.acl, pg_catalog.acldefault(o.kind, o.owner)) AS has,
           COALESCE(i.initprivs, pg_catalog.acldefault(o.kind, o.owner))
               AS made
      FROM object AS o
      LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = o.namespace
      LEFT JOIN init AS i
        ON i.classoid = o.catalogue
       AND i.objoid = o.oid
     WHERE o.acl IS DISTINCT FROM i.initprivs
       AND n.nspname IS DISTINCT FROM 'information_schema'
       AND o.name <> 'information_schema'
), shape AS MATERIALIZED (
    -- Many objects, few lists.
    SELECT s.*,
           pg_catalog.row_number() OVER () AS shape,
           (SELECT pg_catalog.count(*)
              FROM pg_catalog.aclexplode(
                  pg_catalog.acldefault(s.kind, s.owner)) AS a
             WHERE a.grantee = s.owner) AS everything
      FROM (SELECT DISTINCT g.owner, g.kind, g.has, g.made
              FROM granted AS g
             WHERE g.has <> g.made) AS s
), item AS (
    SELECT s.shape,
           s.everything,
           e.initial,
           CASE
               WHEN e.grantee = 0 THEN 'PUBLIC'
               WHEN e.grantee = ANY (w.own) THEN 'CURRENT_USER'
               ELSE pg_catalog.quote_ident(
                   pg_catalog.pg_get_userbyid(e.grantee))
           END AS grantee,
           e.privilege_type COLLATE "C" AS privilege,
           -- To its own owner a grant option says nothing.
           e.is_grantable
               AND NOT (e.grantee = s.owner
                   OR (e.grantee = ANY (w.own) AND s.owner = ANY (w.own)))
               AS grantable
      FROM shape AS s
     CROSS JOIN (SELECT ARRAY(SELECT o.oid FROM own AS o)) AS w(own)
     CROSS JOIN LATERAL (
           SELECT false AS initial, a.*
             FROM pg_catalog.aclexplode(s.has) AS a
            UNION ALL
           -- What the owner of then had the owner of now has.
           SELECT true, a.grantor,
                  CASE WHEN a.grantee = a.grantor THEN s.owner
                      ELSE a.grantee
                  END, a.privilege_type, a.is_grantable
             FROM pg_catalog.aclexplode(s.made) AS a) AS e
), list AS (
    SELECT i.shape,
           i.grantee,
           CASE
               WHEN i.everything = pg_catalog.count(DISTINCT i.privilege)
                   FILTER (WHERE NOT i.initial) THEN 'ALL'
               ELSE pg_catalog.string_agg(DISTINCT i.privilege, ', '
                       ORDER BY i.privilege) FILTER (WHERE NOT i.initial)
           END AS privileges,
           CASE
               WHEN i.everything = pg_catalog.count(DISTINCT i.privilege)
                   FILTER (WHERE NOT i.initial AND i.grantable) THEN 'ALL'
               ELSE pg_catalog.string_agg(DISTINCT i.privilege, ', '
                       ORDER BY i.privilege)
                   FILTER (WHERE NOT i.initial AND i.grantable)
           END AS grantable,
           CASE
               WHEN i.everything = pg_catalog.count(DISTINCT i.privilege)
                   FILTER (WHERE i.initial) THEN 'ALL'
               ELSE pg_catalog.string_agg(DISTINCT i.privilege, ', '
                       ORDER BY i.privilege) FILTER (WHERE i.initial)
           END AS initial
      FROM item AS i
     GROUP BY i.shape, i.everything, i.grantee
), difference AS (
    SELECT l.*,
           pg_catalog.row_number() OVER () AS number
      FROM list AS l
     WHERE l.privileges IS DISTINCT FROM l.initial
        OR l.grantable IS NOT NULL
)
SELECT 'pg_catalog.pg_init_privs'::regclass::oid AS classid,
       g.oid AS objid,
       d.number::int4 AS objsubid,
       v.class || ' ' || v.identity || ' TO ' || d.grantee AS identity,
       CASE
           WHEN x.extname IS NOT NULL
               THEN 'extension ' || pg_catalog.quote_ident(x.extname)
           WHEN g.oid >= 16384 OR v.identity = 'public'
               THEN v.class || ' ' || v.identity
       END AS parent,
       pg_catalog.concat_ws(' ', COALESCE(d.privileges, 'no privileges'),
           'ON ' || v.target, 'TO ' || d.grantee,
           'WITH GRANT OPTION FOR ' || d.grantable) AS definition,
       d.privileges,
       d.grantable,
       d.initial,
       d.grantee,
       v.target
  FROM granted AS g
  JOIN shape AS s
    ON s.owner = g.owner
   AND s.kind = g.kind
   AND s.has = g.has
   AND s.made = g.made
  JOIN difference AS d ON d.shape = s.shape
  LEFT JOIN pg_catalog.pg_depend AS e
    ON e.classid = g.catalogue
   AND e.objid = g.oid
   AND e.refclassid = 'pg_catalog.pg_extension'::regclass
   AND e.deptype = 'e'
  LEFT JOIN pg_catalog.pg_extension AS x
    ON x.oid = e.refobjid
   AND x.oid >= 16384
 CROSS JOIN LATERAL (
       SELECT g.class,
              COALESCE(pg_catalog.quote_ident(g.nspname) || '.', '')
                  || pg_catalog.quote_ident(g.name)
                  || COALESCE(g.arguments, '') AS identity) AS i
 CROSS JOIN LATERAL (
       SELECT i.class,
              i.identity,
              CASE
                  WHEN g.kind = 'r' THEN 'TABLE '
                  WHEN g.class = 'aggregate' THEN 'FUNCTION '
                  WHEN g.class = 'server' THEN 'FOREIGN SERVER '
                  WHEN g.kind = 'T' THEN 'TYPE '
                  ELSE pg_catalog.upper(pg_catalog.replace(g.class, '-', ' '))
                      || ' '
              END || pg_catalog.regexp_replace(i.identity, '\(\*\)$', '()')
                  AS target) AS v
