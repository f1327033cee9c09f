--: title what the database has and nobody compares
--: kind unmodelled
-- A row for each thing of which there is anything.  Members of extensions do
-- not count, nor does what came with the server.
WITH found(class, count) AS (
    -- Whether its script or somebody else made them the server does not tell.
    SELECT 'policy on a table of an extension', pg_catalog.count(*)
      FROM pg_catalog.pg_policy AS p
      JOIN pg_catalog.pg_depend AS e
        ON e.classid = 'pg_catalog.pg_class'::regclass
       AND e.objid = p.polrelid
       AND e.refclassid = 'pg_catalog.pg_extension'::regclass
       AND e.deptype = 'e'
    UNION ALL
    SELECT 'trigger on a table of an extension', pg_catalog.count(*)
      FROM pg_catalog.pg_trigger AS t
      JOIN pg_catalog.pg_depend AS e
        ON e.classid = 'pg_catalog.pg_class'::regclass
       AND e.objid = t.tgrelid
       AND e.refclassid = 'pg_catalog.pg_extension'::regclass
       AND e.deptype = 'e'
     WHERE NOT t.tgisinternal
       AND NOT EXISTS (SELECT
             FROM pg_catalog.pg_depend AS m
            WHERE m.classid = 'pg_catalog.pg_trigger'::regclass
              AND m.objid = t.oid
              AND m.refclassid = 'pg_catalog.pg_extension'::regclass
              AND m.deptype = 'e')
    UNION ALL
    -- Of these the rest is compared.
    SELECT 'connection of a subscription (not readable)',
           pg_catalog.count(s.subname)
      FROM pg_catalog.pg_subscription AS s
      JOIN pg_catalog.pg_database AS d ON d.oid = s.subdbid
     WHERE d.datname = pg_catalog.current_database()
       AND NOT pg_catalog.has_column_privilege('pg_catalog.pg_subscription',
           'subconninfo', 'SELECT')
    UNION ALL
    -- The condition under which pg_user_mappings shows them.
    SELECT 'options of a user mapping (not readable)', pg_catalog.count(*)
      FROM pg_catalog.pg_user_mappings AS m
      JOIN pg_catalog.pg_foreign_server AS s ON s.oid = m.srvid
      JOIN pg_catalog.pg_roles AS r ON r.rolname = CURRENT_USER
     WHERE NOT r.rolsuper
       AND NOT CASE m.umuser
           WHEN 0 THEN pg_catalog.pg_has_role(s.srvowner, 'USAGE')
           ELSE m.umuser = r.oid
               AND (pg_catalog.pg_has_role(s.srvowner, 'USAGE')
                    OR pg_catalog.has_server_privilege(s.oid, 'USAGE'))
       END
)
SELECT f.class,
       f.count
  FROM found AS f
 WHERE f.count > 0
 ORDER BY f.class COLLATE "C"
