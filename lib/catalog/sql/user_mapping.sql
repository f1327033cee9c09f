--: title user mapping
--: class user-mapping
--: order 39
--: compare attributes
-- identity is the server and the user; definition is the whole CREATE USER
-- MAPPING, all of it said by the attributes too.  Options with secrets, by
-- their names, are left out of both, and all of them where the server does not
-- show them to this user.
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
       o.options
  FROM pg_catalog.pg_user_mappings AS m
 CROSS JOIN LATERAL (
       SELECT CASE m.umuser
                  WHEN 0 THEN 'PUBLIC'
                  ELSE pg_catalog.quote_ident(m.usename)
              END AS user) AS v
 CROSS JOIN LATERAL (
       SELECT pg_catalog.string_agg(pg_catalog.format('%I %L',
                  x.option_name, x.option_value), ', '
                  ORDER BY x.option_name COLLATE "C") AS definition,
              pg_catalog.string_agg(pg_catalog.format('%I=%L',
                  x.option_name, x.option_value), ', '
                  ORDER BY x.option_name COLLATE "C") AS options
         FROM pg_catalog.pg_options_to_table(m.umoptions) AS x
        WHERE x.option_name
              !~* '(passw(or)?d|secret|token|credentials?|(api|scram.*)_key)$')
       AS o
 WHERE NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_user_mapping'::regclass
          AND e.objid = m.umid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
