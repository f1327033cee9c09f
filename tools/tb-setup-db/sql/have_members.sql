--: title memberships as they are
-- $1 names of members.  One membership may have several rows, by grantor;
-- what any of them allows is allowed.  inherit_option and set_option came
-- with 16: before, both were always so (but for NOINHERIT roles).
SELECT m.rolname AS member,
       g.rolname AS role,
       pg_catalog.bool_or(a.admin_option) AS admin,
       pg_catalog.bool_or(coalesce((pg_catalog.to_jsonb(a)
           ->> 'inherit_option')::bool, true)) AS inherit,
       pg_catalog.bool_or(coalesce((pg_catalog.to_jsonb(a)
           ->> 'set_option')::bool, true)) AS set
  FROM pg_catalog.pg_auth_members AS a
  JOIN pg_catalog.pg_roles AS g ON g.oid = a.roleid
  JOIN pg_catalog.pg_roles AS m ON m.oid = a.member
 WHERE m.rolname = ANY ($1::text[])
 GROUP BY m.rolname, g.rolname
