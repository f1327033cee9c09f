--: title who is the owner of everything in this database
-- $1 is the role that the migrations run as, $2 and $3 are schema and name of
-- the version table.  Whoever made that made the rest.
SELECT COALESCE(
           (SELECT r.rolname
              FROM pg_catalog.pg_roles AS r
             WHERE r.rolname = $1::pg_catalog.text),
           (SELECT pg_catalog.pg_get_userbyid(c.relowner)
              FROM pg_catalog.pg_class AS c
              JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
             WHERE c.relname = COALESCE($3::pg_catalog.text,
                       'alembic_version')
               AND c.relkind = 'r'
               AND n.nspname = COALESCE($2::pg_catalog.text, n.nspname)
             ORDER BY n.nspname <> 'public', n.nspname
             LIMIT 1),
           (SELECT pg_catalog.pg_get_userbyid(d.datdba)
              FROM pg_catalog.pg_database AS d
             WHERE d.datname = pg_catalog.current_database()))
