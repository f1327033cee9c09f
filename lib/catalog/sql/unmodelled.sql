--: title what the database has and nobody compares
--: kind unmodelled
-- A row for each thing of which there is anything.  Members of extensions do
-- not count, nor does what came with the server.
WITH owned(catalogue, oid, owner, acl, kind) AS (
    SELECT 'pg_catalog.pg_class'::regclass, x.oid, x.relowner, x.relacl,
           CASE x.relkind WHEN 'S' THEN 's'::"char" ELSE 'r'::"char" END
      FROM pg_catalog.pg_class AS x
     WHERE x.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
       AND x.relpersistence <> 't'
    UNION ALL
    SELECT 'pg_catalog.pg_proc'::regclass, x.oid, x.proowner, x.proacl,
           'f'::"char"
      FROM pg_catalog.pg_proc AS x
    UNION ALL
    SELECT 'pg_catalog.pg_type'::regclass, x.oid, x.typowner, x.typacl,
           'T'::"char"
      FROM pg_catalog.pg_type AS x
      LEFT JOIN pg_catalog.pg_class AS c ON c.oid = x.typrelid
      LEFT JOIN pg_catalog.pg_type AS a
        ON a.oid = x.typelem
       AND a.typarray = x.oid
     WHERE x.typtype IN ('e', 'd', 'r')
        OR c.relkind = 'c'
        OR (x.typtype = 'b' AND a.oid IS NULL)
    UNION ALL
    SELECT 'pg_catalog.pg_namespace'::regclass, x.oid, x.nspowner, x.nspacl,
           'n'::"char"
      FROM pg_catalog.pg_namespace AS x
     WHERE x.nspname !~ '^pg_'
    UNION ALL
    SELECT 'pg_catalog.pg_language'::regclass, x.oid, x.lanowner, x.lanacl,
           'l'::"char"
      FROM pg_catalog.pg_language AS x
    UNION ALL
    SELECT 'pg_catalog.pg_foreign_data_wrapper'::regclass, x.oid,
           x.fdwowner, x.fdwacl, 'F'::"char"
      FROM pg_catalog.pg_foreign_data_wrapper AS x
    UNION ALL
    SELECT 'pg_catalog.pg_foreign_server'::regclass, x.oid, x.srvowner,
           x.srvacl, 'S'::"char"
      FROM pg_catalog.pg_foreign_server AS x
    UNION ALL
    -- These have an owner and no privileges.
    SELECT x.*, NULL::aclitem[], NULL::"char"
      FROM (
           SELECT 'pg_catalog.pg_collation'::regclass, o.oid,
                  o.collowner
             FROM pg_catalog.pg_collation AS o
           UNION ALL
           SELECT 'pg_catalog.pg_conversion'::regclass, o.oid,
                  o.conowner
             FROM pg_catalog.pg_conversion AS o
           UNION ALL
           SELECT 'pg_catalog.pg_operator'::regclass, o.oid,
                  o.oprowner
             FROM pg_catalog.pg_operator AS o
           UNION ALL
           SELECT 'pg_catalog.pg_opfamily'::regclass, o.oid,
                  o.opfowner
             FROM pg_catalog.pg_opfamily AS o
           UNION ALL
           SELECT 'pg_catalog.pg_opclass'::regclass, o.oid,
                  o.opcowner
             FROM pg_catalog.pg_opclass AS o
           UNION ALL
           SELECT 'pg_catalog.pg_statistic_ext'::regclass, o.oid,
                  o.stxowner
             FROM pg_catalog.pg_statistic_ext AS o
           UNION ALL
           SELECT 'pg_catalog.pg_ts_dict'::regclass, o.oid,
                  o.dictowner
             FROM pg_catalog.pg_ts_dict AS o
           UNION ALL
           SELECT 'pg_catalog.pg_ts_config'::regclass, o.oid,
                  o.cfgowner
             FROM pg_catalog.pg_ts_config AS o
           UNION ALL
           SELECT 'pg_catalog.pg_event_trigger'::regclass, o.oid,
                  o.evtowner
             FROM pg_catalog.pg_event_trigger AS o
           UNION ALL
           SELECT 'pg_catalog.pg_publication'::regclass, o.oid,
                  o.pubowner
             FROM pg_catalog.pg_publication AS o
           UNION ALL
           SELECT 'pg_catalog.pg_subscription'::regclass,
                  CASE WHEN o.subdbid = (SELECT d.oid
                        FROM pg_catalog.pg_database AS d
                       WHERE d.datname = pg_catalog.current_database())
                      THEN (pg_catalog.pg_get_object_address('subscription',
                          ARRAY[o.subname::text], '{}')).objid
                  END,
                  o.subowner
             FROM pg_catalog.pg_subscription AS o
           ) AS x
), found(class, count) AS (
    SELECT 'object of another owner than the database''s',
           pg_catalog.count(*)
      FROM owned AS o
      JOIN pg_catalog.pg_database AS d
        ON d.datname = pg_catalog.current_database()
       AND d.datdba <> o.owner
     WHERE o.oid >= 16384
       AND NOT EXISTS (SELECT
             FROM pg_catalog.pg_depend AS e
            WHERE e.classid = o.catalogue
              AND e.objid = o.oid
              AND e.deptype = 'e')
    UNION ALL
    -- Neither the default written out nor what initdb or an extension gave.
    SELECT 'object with granted or revoked privileges', pg_catalog.count(*)
      FROM owned AS o
      LEFT JOIN pg_catalog.pg_init_privs AS i
        ON i.classoid = o.catalogue
       AND i.objoid = o.oid
       AND i.objsubid = 0
     WHERE (o.oid >= 16384
            OR o.oid = pg_catalog.to_regnamespace('public'))
       AND o.acl <> COALESCE(i.initprivs,
           pg_catalog.acldefault(o.kind, o.owner))
    UNION ALL
    SELECT 'column with granted privileges', pg_catalog.count(*)
      FROM pg_catalog.pg_attribute AS a
     WHERE a.attrelid >= 16384
       AND a.attacl IS NOT NULL
    UNION ALL
    -- Rows of this kind are there from 18 on.
    SELECT 'name of a NOT NULL constraint', pg_catalog.count(*)
      FROM pg_catalog.pg_constraint AS k
      JOIN pg_catalog.pg_class AS c ON c.oid = k.conrelid
      JOIN pg_catalog.pg_attribute AS a
        ON a.attrelid = k.conrelid
       AND a.attnum = k.conkey[1]
     WHERE k.contype = 'n'
       AND c.oid >= 16384
       AND k.conislocal
       AND k.conname !~ '_not_null[0-9]*$'
    UNION ALL
    SELECT 'state of a trigger in a partition', pg_catalog.count(*)
      FROM pg_catalog.pg_trigger AS t
      JOIN pg_catalog.pg_trigger AS p ON p.oid = t.tgparentid
     WHERE t.tgenabled <> p.tgenabled
    UNION ALL
    SELECT 'database setting', pg_catalog.count(*)
      FROM pg_catalog.pg_db_role_setting AS s
      JOIN pg_catalog.pg_database AS d ON d.oid = s.setdatabase
     WHERE d.datname = pg_catalog.current_database()
    UNION ALL
    SELECT 'large object', pg_catalog.count(*)
      FROM pg_catalog.pg_largeobject_metadata AS l
    UNION ALL
    SELECT 'default privileges', pg_catalog.count(*)
      FROM pg_catalog.pg_default_acl AS a
     WHERE NOT EXISTS (SELECT
             FROM pg_catalog.pg_depend AS e
            WHERE e.classid = 'pg_catalog.pg_default_acl'::regclass
              AND e.objid = a.oid
              AND e.deptype = 'e')
    UNION ALL
    SELECT 'security label of a large object', pg_catalog.count(*)
      FROM pg_catalog.pg_seclabel AS l
     WHERE l.classoid = 'pg_catalog.pg_largeobject'::regclass
    UNION ALL
    SELECT 'comment of a large object', pg_catalog.count(*)
      FROM pg_catalog.pg_description AS l
     WHERE l.classoid = 'pg_catalog.pg_largeobject'::regclass
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
