--: title roles to be dropped, and what keeps them
-- $1 names of roles, $2 of the databases that go first.
SELECT r.rolname AS name,
       CASE WHEN r.rolname = current_user THEN 'it is the one connected'
            WHEN r.rolname = session_user THEN 'it is the one connected'
            WHEN r.rolsuper THEN 'it is a superuser'
            WHEN r.rolname LIKE 'pg\_%' THEN 'it is the server''s own'
            ELSE (SELECT 'it owns or holds something in '
                         || pg_catalog.string_agg(DISTINCT
                                coalesce(pg_catalog.format('database "%s"',
                                    d.datname), 'the whole server'), ', ')
                    FROM pg_catalog.pg_shdepend AS s
                    LEFT JOIN pg_catalog.pg_database AS d ON d.oid =
                         CASE WHEN s.classid =
                                   'pg_catalog.pg_database'::regclass
                              THEN s.objid ELSE s.dbid END
                   WHERE s.refclassid = 'pg_catalog.pg_authid'::regclass
                     AND s.refobjid = r.oid
                     AND (d.datname IS NULL
                          OR d.datname <> ALL ($2::text[])))
       END AS kept
  FROM pg_catalog.pg_roles AS r
 WHERE r.rolname = ANY ($1::text[])
 ORDER BY pg_catalog.array_position($1::text[], r.rolname::text)
