--: title roles as they are
-- $1 names, $2 the declared ends of validity beside them (or empty).  A role
-- that is not there has its row too.  "reach": what belongs to the role can be
-- given away and granted by us.  Since 16 that takes SET, before membership.
SELECT w.name,
       r.oid IS NOT NULL AS exists,
       r.rolcanlogin,
       r.rolinherit,
       r.rolcreatedb,
       r.rolcreaterole,
       r.rolsuper,
       r.rolreplication,
       r.rolbypassrls,
       r.rolconnlimit,
       w.valid_until = '' OR r.rolvaliduntil IS NOT DISTINCT FROM
           nullif(w.valid_until, '')::timestamptz AS same_valid_until,
       coalesce(pg_catalog.shobj_description(r.oid, 'pg_authid'), '')
           AS comment,
       coalesce(pg_catalog.pg_has_role(r.oid, 'USAGE')
           AND pg_catalog.pg_has_role(r.oid,
               CASE WHEN pg_catalog.current_setting('server_version_num')::int
                         >= 160000
                    THEN 'SET' ELSE 'MEMBER' END), false) AS reach
  FROM ROWS FROM (pg_catalog.unnest($1::text[]),
                  pg_catalog.unnest($2::text[])) AS w(name, valid_until)
  LEFT JOIN pg_catalog.pg_roles AS r ON r.rolname = w.name
