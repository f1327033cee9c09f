--: title default privileges
--: class default-privilege
--: order 92
--: compare attributes
-- A fact for each creator, schema, kind of objects and grantee whose
-- privileges on new objects are not the server's default: identity is what
-- stands between ALTER DEFAULT PRIVILEGES and GRANT, then the kind and the
-- grantee.  In a schema they come on top of those everywhere, and are none to
-- begin with.
--
-- privileges, grantable, initial, grantee and CURRENT_USER are as in
-- privilege.sql; scope is what stands in front of GRANT, target what ON wants.
--
-- What is made later has them as privileges of its own.
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
), given AS (
    SELECT a.oid,
           a.defaclrole AS creator,
           n.nspname,
           CASE a.defaclobjtype
               WHEN 'r' THEN 'TABLES'
               WHEN 'S' THEN 'SEQUENCES'
               WHEN 'f' THEN 'FUNCTIONS'
               WHEN 'T' THEN 'TYPES'
               WHEN 'n' THEN 'SCHEMAS'
               WHEN 'L' THEN 'LARGE OBJECTS'
           END AS target,
           a.defaclacl AS has,
           -- Sequences have another letter there.
           CASE WHEN a.defaclnamespace = 0
               THEN pg_catalog.acldefault(d.kind, a.defaclrole)
           END AS made,
           (SELECT pg_catalog.count(*)
              FROM pg_catalog.aclexplode(
                  pg_catalog.acldefault(d.kind, a.defaclrole)) AS e
             WHERE e.grantee = a.defaclrole) AS everything
      FROM pg_catalog.pg_default_acl AS a
      LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = a.defaclnamespace
     CROSS JOIN LATERAL (
           SELECT CASE a.defaclobjtype
                      WHEN 'S' THEN 's'
                      ELSE a.defaclobjtype
                  END::"char" AS kind) AS d
     WHERE (n.oid IS NULL
            OR (n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'))
       AND NOT EXISTS (SELECT
             FROM pg_catalog.pg_depend AS e
            WHERE e.classid = 'pg_catalog.pg_default_acl'::regclass
              AND e.objid = a.oid
              AND e.refclassid = 'pg_catalog.pg_extension'::regclass
              AND e.deptype = 'e')
), item AS (
    SELECT g.oid,
           g.nspname,
           g.target,
           g.everything,
           CASE WHEN g.creator = ANY (w.own) THEN 'CURRENT_USER'
               ELSE pg_catalog.quote_ident(
                   pg_catalog.pg_get_userbyid(g.creator))
           END AS creator,
           e.initial,
           CASE
               WHEN e.grantee = 0 THEN 'PUBLIC'
               WHEN e.grantee = ANY (w.own) THEN 'CURRENT_USER'
               ELSE pg_catalog.quote_ident(
                   pg_catalog.pg_get_userbyid(e.grantee))
           END AS grantee,
           e.privilege_type COLLATE "C" AS privilege,
           e.is_grantable
               AND NOT (e.grantee = g.creator
                   OR (e.grantee = ANY (w.own) AND g.creator = ANY (w.own)))
               AS grantable
      FROM given AS g
     CROSS JOIN (SELECT ARRAY(SELECT o.oid FROM own AS o)) AS w(own)
     CROSS JOIN LATERAL (
           SELECT false AS initial, a.*
             FROM pg_catalog.aclexplode(g.has) AS a
            UNION ALL
           SELECT true, a.*
             FROM pg_catalog.aclexplode(g.made) AS a) AS e
), list AS (
    SELECT pg_catalog.min(i.oid) AS oid,
           i.creator,
           i.nspname,
           i.target,
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
     GROUP BY i.creator, i.nspname, i.target, i.everything, i.grantee
)
SELECT 'pg_catalog.pg_default_acl'::regclass::oid AS classid,
       l.oid AS objid,
       0 AS objsubid,
       v.scope || ' ON ' || l.target || ' TO ' || l.grantee AS identity,
       'schema ' || pg_catalog.quote_ident(l.nspname) AS parent,
       pg_catalog.concat_ws(' ', COALESCE(l.privileges, 'no privileges'),
           'ON ' || l.target, 'TO ' || l.grantee,
           'WITH GRANT OPTION FOR ' || l.grantable) AS definition,
       l.privileges,
       l.grantable,
       l.initial,
       l.grantee,
       v.scope,
       l.target
  FROM list AS l
 CROSS JOIN LATERAL (
       SELECT pg_catalog.concat_ws(' ', 'FOR ROLE', l.creator,
           'IN SCHEMA ' || pg_catalog.quote_ident(l.nspname)) AS scope) AS v
 WHERE l.privileges IS DISTINCT FROM l.initial
    OR l.grantable IS NOT NULL
