--: title all that the outcome of SQL may depend on beside the SQL
-- One row.  Roles and tablespaces belong to the whole server and are named by
-- SQL; what extensions there are, and in what versions, decides what CREATE
-- EXTENSION makes.  reset_val is what a new session begins with, with the
-- settings of the role and the database, whatever this session has set.
--
-- keeps: a scratch database may stay on this server, says who runs it.
WITH part(name, text) AS (
    SELECT 'version', pg_catalog.version()
    UNION ALL
    SELECT 'session', ROW(SESSION_USER, CURRENT_USER)::text
    UNION ALL
    SELECT 'database', ((pg_catalog.to_jsonb(d) - 'datfrozenxid')
               - 'datminmxid')::text
      FROM pg_catalog.pg_database AS d
     WHERE d.datname = pg_catalog.current_database()
    UNION ALL
    SELECT 'settings', pg_catalog.string_agg(ROW(s.name, s.reset_val)::text,
               E'\n' ORDER BY s.name COLLATE "C")
      FROM pg_catalog.pg_settings AS s
     WHERE s.context IN ('user', 'superuser', 'internal')
       AND s.name !~ '^(application_name|transaction_.*|in_hot_standby)$'
    UNION ALL
    SELECT 'roles', pg_catalog.string_agg(((pg_catalog.to_jsonb(r)
               - 'rolpassword') - 'rolvaliduntil')::text,
               E'\n' ORDER BY r.rolname COLLATE "C")
      FROM pg_catalog.pg_roles AS r
    UNION ALL
    SELECT 'members', pg_catalog.string_agg(pg_catalog.to_jsonb(m)::text,
               E'\n' ORDER BY pg_catalog.to_jsonb(m)::text COLLATE "C")
      FROM pg_catalog.pg_auth_members AS m
    UNION ALL
    SELECT 'tablespaces', pg_catalog.string_agg(ROW(t.spcname, t.spcowner,
               t.spcacl, t.spcoptions)::text,
               E'\n' ORDER BY t.spcname COLLATE "C")
      FROM pg_catalog.pg_tablespace AS t
    UNION ALL
    SELECT 'available', pg_catalog.string_agg(v::text,
               E'\n' ORDER BY v.name COLLATE "C", v.version COLLATE "C")
      FROM pg_catalog.pg_available_extension_versions AS v
    UNION ALL
    SELECT 'default versions', pg_catalog.string_agg(
               ROW(a.name, a.default_version)::text,
               E'\n' ORDER BY a.name COLLATE "C")
      FROM pg_catalog.pg_available_extensions AS a
    UNION ALL
    SELECT 'extensions', pg_catalog.string_agg(ROW(x.extname, n.nspname)::text,
               E'\n' ORDER BY x.extname COLLATE "C")
      FROM pg_catalog.pg_extension AS x
      JOIN pg_catalog.pg_namespace AS n ON n.oid = x.extnamespace
)
SELECT pg_catalog.string_agg(p.name || ': ' || COALESCE(p.text, ''), E'\n'
           ORDER BY p.name COLLATE "C") AS key,
       (SELECT r.rolsuper OR r.rolcreatedb
          FROM pg_catalog.pg_roles AS r
         WHERE r.rolname = CURRENT_USER) AS may_create,
       COALESCE(pg_catalog.current_setting('tb.keep_scratch', true), '')
           IN ('on', 'true', 'yes', '1') AS keeps
  FROM part AS p
