--: title what makes new objects have the privileges that they have here
-- Default privileges, and those on the one schema that every new database has.
-- They come from whoever sets a database up, before any revision runs.  $1 is
-- the owner of everything, whose place the replaying role takes.
--
-- schema: only what is in it; NULL: all.  objects, grantee: what of, to whom,
-- NULL where that is no default.
WITH kind(letter, objects) AS (
    VALUES ('r', 'TABLES'), ('S', 'SEQUENCES'), ('f', 'FUNCTIONS'),
           ('T', 'TYPES'), ('n', 'SCHEMAS')
), rule AS (
    SELECT d.defaclacl AS acl,
           k.objects,
           n.nspname AS schema,
           'ALTER DEFAULT PRIVILEGES'
               || CASE WHEN r.rolname = $1::pg_catalog.text THEN ''
                      ELSE pg_catalog.format(' FOR ROLE %I', r.rolname) END
               || CASE WHEN n.oid IS NULL THEN ''
                      ELSE pg_catalog.format(' IN SCHEMA %I', n.nspname) END
               AS head
      FROM pg_catalog.pg_default_acl AS d
      JOIN pg_catalog.pg_roles AS r ON r.oid = d.defaclrole
      JOIN kind AS k ON k.letter = d.defaclobjtype::text
      LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = d.defaclnamespace
     WHERE n.nspname IS DISTINCT FROM 'tb'
), schema AS (
    SELECT n.nspacl AS acl,
           n.nspowner AS owner
      FROM pg_catalog.pg_namespace AS n
     WHERE n.nspname = 'public'
       AND n.nspacl IS NOT NULL
), statement(number, schema, objects, grantee, text) AS (
    SELECT 1, r.schema, r.objects, 'public',
           pg_catalog.format('%s REVOKE ALL ON %s FROM PUBLIC', r.head,
               r.objects)
      FROM rule AS r
     WHERE r.schema IS NULL
    UNION ALL
    SELECT 2, r.schema, r.objects, COALESCE(g.rolname, 'public'),
           pg_catalog.format('%s GRANT %s ON %s TO %s%s', r.head,
               a.privilege_type, r.objects,
               COALESCE(pg_catalog.quote_ident(g.rolname), 'PUBLIC'),
               CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
      FROM rule AS r
     CROSS JOIN LATERAL pg_catalog.aclexplode(r.acl) AS a
      LEFT JOIN pg_catalog.pg_roles AS g ON g.oid = a.grantee
    UNION ALL
    SELECT 1, NULL, NULL, NULL, 'REVOKE ALL ON SCHEMA public FROM PUBLIC'
      FROM schema AS s
    UNION ALL
    SELECT 2, NULL, NULL, NULL,
           pg_catalog.format('GRANT %s ON SCHEMA public TO %s%s',
               a.privilege_type,
               COALESCE(pg_catalog.quote_ident(g.rolname), 'PUBLIC'),
               CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
      FROM schema AS s
     CROSS JOIN LATERAL pg_catalog.aclexplode(s.acl) AS a
      LEFT JOIN pg_catalog.pg_roles AS g ON g.oid = a.grantee
     WHERE a.grantee <> s.owner
)
SELECT s.schema,
       s.objects,
       s.grantee,
       s.text AS statement
  FROM statement AS s
 ORDER BY s.number, s.text COLLATE "C"
