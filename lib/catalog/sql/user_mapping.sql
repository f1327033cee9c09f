--: title user mapping
--: class user-mapping
--: order 39
--: compare attributes
-- identity is the server and the user; definition is the whole CREATE USER
-- MAPPING, all of it said by the attributes too, but for secret options: those
-- are told by name only.  The server does not show them to everyone.
--
-- Nobody but a superuser may look into pg_user_mapping.
SELECT 'pg_catalog.pg_user_mapping'::regclass::oid AS classid,
       m.umid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I %s', m.srvname, v.user) AS identity,
       pg_catalog.format('server %I', m.srvname) AS parent,
       pg_catalog.concat_ws(' ',
           pg_catalog.format('CREATE USER MAPPING FOR %s SERVER %I', v.user,
               m.srvname),
           'OPTIONS (' || o.definition || ')') AS definition,
       CASE WHEN h.hidden THEN '(not readable)' ELSE o.options END AS options,
       CASE WHEN h.hidden THEN '(not readable)' ELSE o.secrets END AS secrets
  FROM pg_catalog.pg_user_mappings AS m
  JOIN pg_catalog.pg_foreign_server AS f ON f.oid = m.srvid
  JOIN pg_catalog.pg_roles AS r ON r.rolname = CURRENT_USER
 CROSS JOIN LATERAL (
       SELECT m.umoptions IS NULL
              AND NOT r.rolsuper
              AND NOT CASE m.umuser
                  WHEN 0 THEN pg_catalog.pg_has_role(f.srvowner, 'USAGE')
                  ELSE m.umuser = r.oid
                      AND (pg_catalog.pg_has_role(f.srvowner, 'USAGE')
                           OR pg_catalog.has_server_privilege(f.oid, 'USAGE'))
              END AS hidden) AS h
 CROSS JOIN LATERAL (
       SELECT CASE m.umuser
                  WHEN 0 THEN 'PUBLIC'
                  ELSE pg_catalog.quote_ident(m.usename)
              END AS user) AS v
 CROSS JOIN LATERAL (
       SELECT pg_catalog.string_agg(pg_catalog.format('%I %L',
                  x.option_name, x.option_value), ', '
                  ORDER BY x.option_name COLLATE "C")
                  FILTER (WHERE NOT x.secret) AS definition,
              pg_catalog.string_agg(pg_catalog.format('%I=%L',
                  x.option_name, x.option_value), ', '
                  ORDER BY x.option_name COLLATE "C")
                  FILTER (WHERE NOT x.secret) AS options,
              pg_catalog.string_agg(pg_catalog.quote_ident(x.option_name),
                  ', ' ORDER BY x.option_name COLLATE "C")
                  FILTER (WHERE x.secret) AS secrets
         FROM (SELECT y.*,
                      y.option_name ~* '(passw(or)?d|passphrase|pwd|secret|'
                          'token|credentials?|(access|api|auth|client|private|'
                          'secret|scram.*)_?key)$'
                          AS secret
                 FROM pg_catalog.pg_options_to_table(m.umoptions) AS y) AS x)
       AS o
 WHERE NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_user_mapping'::regclass
          AND e.objid = m.umid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
