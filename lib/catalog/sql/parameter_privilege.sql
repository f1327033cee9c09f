--: title privileges on parameters of the server
--: class parameter-privilege
--: order 99
--: since 150000
--: of database
--: compare attributes
-- A fact for each parameter and grantee.  All is as in privilege.sql; nobody
-- has privileges on a parameter to begin with.  They count in all databases of
-- the server.
--
-- No object has the address (pg_init_privs, parameter, grantee).
SELECT 'pg_catalog.pg_init_privs'::regclass::oid AS classid,
       p.oid AS objid,
       pg_catalog.row_number() OVER ()::int4 AS objsubid,
       pg_catalog.format('%s TO %s', p.parname, v.grantee) AS identity,
       NULL::text AS parent,
       pg_catalog.concat_ws(' ', v.privileges, 'ON PARAMETER', p.parname,
           'TO ' || v.grantee, 'WITH GRANT OPTION FOR ' || v.grantable)
           AS definition,
       v.privileges,
       v.grantable,
       v.grantee,
       'PARAMETER ' || p.parname AS target
  FROM pg_catalog.pg_parameter_acl AS p
 CROSS JOIN LATERAL (
       SELECT CASE WHEN a.grantee = 0 THEN 'PUBLIC'
                  ELSE pg_catalog.quote_ident(
                      pg_catalog.pg_get_userbyid(a.grantee))
              END AS grantee,
              pg_catalog.string_agg(DISTINCT a.privilege_type, ', '
                  ORDER BY a.privilege_type) AS privileges,
              pg_catalog.string_agg(DISTINCT a.privilege_type, ', '
                  ORDER BY a.privilege_type)
                  FILTER (WHERE a.is_grantable) AS grantable
         FROM pg_catalog.aclexplode(p.paracl) AS a
        WHERE a.grantee <> 10
        GROUP BY a.grantee) AS v
