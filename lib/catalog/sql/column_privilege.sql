--: title privileges on columns
--: class column-privilege
--: order 88
--: compare attributes
-- A fact for each column and grantee: identity is the column, after its class,
-- and the grantee.  All is as in privilege.sql; nobody has privileges on a
-- column to begin with.
--
-- No object has the address (pg_init_privs, relation, column and grantee).
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
), granted AS (
    SELECT c.oid,
           a.attnum,
           a.attname,
           CASE c.relkind
               WHEN 'v' THEN 'view'
               WHEN 'm' THEN 'materialized-view'
               WHEN 'f' THEN 'foreign-table'
               ELSE 'table'
           END AS class,
           pg_catalog.format('%I.%I', n.nspname, c.relname) AS relation,
           x.extname,
           a.attacl
      FROM pg_catalog.pg_attribute AS a
      JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      LEFT JOIN pg_catalog.pg_init_privs AS i
        ON i.classoid = 'pg_catalog.pg_class'::regclass
       AND i.objoid = a.attrelid
       AND i.objsubid = a.attnum
      LEFT JOIN pg_catalog.pg_depend AS e
        ON e.classid = 'pg_catalog.pg_class'::regclass
       AND e.objid = c.oid
       AND e.refclassid = 'pg_catalog.pg_extension'::regclass
       AND e.deptype = 'e'
      LEFT JOIN pg_catalog.pg_extension AS x
        ON x.oid = e.refobjid
       AND x.oid >= 16384
     WHERE a.attacl IS NOT NULL
       AND a.attacl IS DISTINCT FROM i.initprivs
       AND NOT a.attisdropped
       AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
       AND c.relpersistence <> 't'
       AND n.nspname <> 'information_schema'
), item AS (
    SELECT g.*,
           CASE
               WHEN e.grantee = 0 THEN 'PUBLIC'
               WHEN e.grantee IN (SELECT o.oid FROM own AS o)
                   THEN 'CURRENT_USER'
               ELSE pg_catalog.quote_ident(
                   pg_catalog.pg_get_userbyid(e.grantee))
           END AS grantee,
           e.privilege_type COLLATE "C" AS privilege,
           e.is_grantable
      FROM granted AS g
     CROSS JOIN LATERAL pg_catalog.aclexplode(g.attacl) AS e
), list AS (
    SELECT i.oid,
           i.attnum,
           i.attname,
           i.class,
           i.relation,
           i.extname,
           i.grantee,
           CASE pg_catalog.count(DISTINCT i.privilege)
               WHEN 4 THEN 'ALL' || c.column
               ELSE pg_catalog.string_agg(DISTINCT i.privilege || c.column,
                       ', ' ORDER BY i.privilege || c.column)
           END AS privileges,
           CASE pg_catalog.count(DISTINCT i.privilege)
               FILTER (WHERE i.is_grantable)
               WHEN 4 THEN 'ALL' || c.column
               ELSE pg_catalog.string_agg(DISTINCT i.privilege || c.column,
                       ', ' ORDER BY i.privilege || c.column)
                       FILTER (WHERE i.is_grantable)
           END AS grantable
      FROM item AS i
     CROSS JOIN LATERAL (
           SELECT pg_catalog.format(' (%I)', i.attname) AS column) AS c
     GROUP BY i.oid, i.attnum, i.attname, i.class, i.relation, i.extname,
           i.grantee, c.column
)
SELECT 'pg_catalog.pg_init_privs'::regclass::oid AS classid,
       l.oid AS objid,
       -pg_catalog.row_number() OVER ()::int4 AS objsubid,
       v.column || ' TO ' || l.grantee AS identity,
       CASE
           WHEN l.extname IS NOT NULL
               THEN 'extension ' || pg_catalog.quote_ident(l.extname)
           WHEN l.oid < 16384 THEN NULL
           WHEN l.class IN ('view', 'materialized-view')
               THEN l.class || ' ' || l.relation
           ELSE v.column
       END AS parent,
       pg_catalog.concat_ws(' ', l.privileges, 'ON ' || v.target,
           'TO ' || l.grantee, 'WITH GRANT OPTION FOR ' || l.grantable)
           AS definition,
       l.privileges,
       l.grantable,
       l.grantee,
       v.target
  FROM list AS l
 CROSS JOIN LATERAL (
       SELECT pg_catalog.format('column %s.%I', l.relation, l.attname)
                  AS column,
              'TABLE ' || l.relation AS target) AS v
