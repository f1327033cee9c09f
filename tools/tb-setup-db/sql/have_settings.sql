--: title settings of roles and databases as they are
-- $1 names of databases, $2 of roles.
SELECT CASE WHEN c.setrole = 0 THEN 'DATABASE' ELSE 'ROLE' END AS kind,
       CASE WHEN c.setrole = 0 THEN d.datname ELSE r.rolname END AS owner,
       pg_catalog.split_part(u.setting, '=', 1) AS name,
       pg_catalog.substr(u.setting,
           pg_catalog.strpos(u.setting, '=') + 1) AS value
  FROM pg_catalog.pg_db_role_setting AS c
  LEFT JOIN pg_catalog.pg_database AS d ON d.oid = c.setdatabase
  LEFT JOIN pg_catalog.pg_roles AS r ON r.oid = c.setrole
 CROSS JOIN LATERAL pg_catalog.unnest(c.setconfig) AS u(setting)
 WHERE (c.setrole = 0 AND d.datname = ANY ($1::text[]))
    OR (c.setdatabase = 0 AND r.rolname = ANY ($2::text[]))
