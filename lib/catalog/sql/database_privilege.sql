--: title privileges on the database
--: class database-privilege
--: order 98
--: of database
--: compare attributes
-- A fact for each grantee whose privileges on the database itself are not the
-- server's default.  All is as in privilege.sql; CURRENT_USER is the owner of
-- the database.
--
-- No object has the address (pg_init_privs, database, grantee).
WITH item AS (
    SELECT d.oid,
           d.datdba,
           e.initial,
           CASE
               WHEN e.grantee = 0 THEN 'PUBLIC'
               WHEN e.grantee = d.datdba THEN 'CURRENT_USER'
               ELSE pg_catalog.quote_ident(
                   pg_catalog.pg_get_userbyid(e.grantee))
           END AS grantee,
           e.privilege_type COLLATE "C" AS privilege,
           e.is_grantable AND e.grantee <> d.datdba AS grantable
      FROM pg_catalog.pg_database AS d
     CROSS JOIN LATERAL (
           SELECT false AS initial, a.*
             FROM pg_catalog.aclexplode(d.datacl) AS a
            UNION ALL
           SELECT true, a.*
             FROM pg_catalog.aclexplode(
                 pg_catalog.acldefault('d', d.datdba)) AS a) AS e
     WHERE d.datname = pg_catalog.current_database()
       AND d.datacl IS NOT NULL
), list AS (
    SELECT i.oid,
           i.grantee,
           CASE pg_catalog.count(DISTINCT i.privilege)
               FILTER (WHERE NOT i.initial)
               WHEN 3 THEN 'ALL'
               ELSE pg_catalog.string_agg(DISTINCT i.privilege, ', '
                       ORDER BY i.privilege) FILTER (WHERE NOT i.initial)
           END AS privileges,
           CASE pg_catalog.count(DISTINCT i.privilege)
               FILTER (WHERE NOT i.initial AND i.grantable)
               WHEN 3 THEN 'ALL'
               ELSE pg_catalog.string_agg(DISTINCT i.privilege, ', '
                       ORDER BY i.privilege)
                       FILTER (WHERE NOT i.initial AND i.grantable)
           END AS grantable,
           CASE pg_catalog.count(DISTINCT i.privilege)
               FILTER (WHERE i.initial)
               WHEN 3 THEN 'ALL'
               ELSE pg_catalog.string_agg(DISTINCT i.privilege, ', '
                       ORDER BY i.privilege) FILTER (WHERE i.initial)
           END AS initial
      FROM item AS i
     GROUP BY i.oid, i.grantee
)
SELECT 'pg_catalog.pg_init_privs'::regclass::oid AS classid,
       l.oid AS objid,
       pg_catalog.row_number() OVER ()::int4 AS objsubid,
       'TO ' || l.grantee AS identity,
       'database database' AS parent,
       pg_catalog.concat_ws(' ', COALESCE(l.privileges, 'no privileges'),
           'TO ' || l.grantee, 'WITH GRANT OPTION FOR ' || l.grantable)
           AS definition,
       l.privileges,
       l.grantable,
       l.initial,
       l.grantee
  FROM list AS l
 WHERE l.privileges IS DISTINCT FROM l.initial
    OR l.grantable IS NOT NULL
