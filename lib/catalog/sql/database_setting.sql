--: title database setting
--: class database-setting
--: order 97
--: of database
-- A fact for each setting that sessions in this database begin with, those of
-- one role too: identity is the setting and, FOR, the role; role alone is the
-- attribute role, or NULL; definition is what follows TO in SET.  Some
-- settings are lists of names, which are stored as SET wants them.
--
-- No object has the address (pg_db_role_setting, role, place).
SELECT 'pg_catalog.pg_db_role_setting'::regclass::oid AS classid,
       s.setrole AS objid,
       c.place::int4 AS objsubid,
       v.name || COALESCE(' FOR ' || v.role, '') AS identity,
       NULL::text AS parent,
       CASE
           WHEN v.name IN ('local_preload_libraries', 'search_path',
                           'session_preload_libraries',
                           'shared_preload_libraries', 'temp_tablespaces',
                           'unix_socket_directories')
               THEN COALESCE((SELECT pg_catalog.string_agg(CASE
                                WHEN m.part[1] NOT LIKE '"%' THEN m.part[1]
                                -- It may be quoted for no reason.
                                ELSE pg_catalog.quote_ident(pg_catalog.replace(
                                    pg_catalog.substr(m.part[1], 2,
                                        pg_catalog.length(m.part[1]) - 2),
                                    '""', '"'))
                            END, ', ' ORDER BY m.place)
                       FROM pg_catalog.regexp_matches(v.value,
                           '"(?:[^"]|"")*"|[^",[:space:]]+', 'g')
                           WITH ORDINALITY AS m(part, place)), '""')
           ELSE pg_catalog.quote_literal(v.value)
       END AS definition,
       v.name AS setting,
       v.role
  FROM pg_catalog.pg_db_role_setting AS s
  JOIN pg_catalog.pg_database AS d ON d.oid = s.setdatabase
 CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig)
       WITH ORDINALITY AS c(text, place)
 CROSS JOIN LATERAL (
       SELECT pg_catalog.split_part(c.text, '=', 1) AS name,
              pg_catalog.substr(c.text, pg_catalog.strpos(c.text, '=') + 1)
                  AS value,
              CASE WHEN s.setrole <> 0
                  THEN pg_catalog.quote_ident(
                      pg_catalog.pg_get_userbyid(s.setrole))
              END AS role) AS v
 WHERE d.datname = pg_catalog.current_database()
