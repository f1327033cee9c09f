--: title privileges on what is created later
-- $1 creators, $2 grantees, $3 schemas.  A row without schema is for all.
SELECT c.rolname AS creator,
       n.nspname AS schema,
       d.defaclobjtype::text AS kind,
       g.rolname AS grantee,
       pg_catalog.string_agg(a.privilege_type, ' ') AS held
  FROM pg_catalog.pg_default_acl AS d
  JOIN pg_catalog.pg_roles AS c ON c.oid = d.defaclrole
  LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = d.defaclnamespace
 CROSS JOIN LATERAL pg_catalog.aclexplode(d.defaclacl) AS a
  JOIN pg_catalog.pg_roles AS g ON g.oid = a.grantee
 WHERE c.rolname = ANY ($1::text[])
   AND g.rolname = ANY ($2::text[])
   AND (d.defaclnamespace = 0 OR n.nspname = ANY ($3::text[]))
 GROUP BY c.rolname, n.nspname, d.defaclobjtype, g.rolname
