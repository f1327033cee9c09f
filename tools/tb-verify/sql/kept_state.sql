--: title what a copy of this database would lack
-- It stands in catalogues of the whole server.  Asked before and after the SQL:
-- where the two differ a copy is not the same.  A large one is not worth its
-- place.
SELECT pg_catalog.concat_ws(E'\n',
           ROW(d.datdba, d.datacl, d.datconnlimit, d.datistemplate,
               d.dattablespace,
               pg_catalog.shobj_description(d.oid, 'pg_database'))::text,
           (SELECT pg_catalog.string_agg(
                       ROW(s.setrole, s.setconfig)::text, E'\n'
                       ORDER BY s.setrole)
              FROM pg_catalog.pg_db_role_setting AS s
             WHERE s.setdatabase = d.oid),
           (SELECT pg_catalog.string_agg(ROW(l.provider, l.label)::text, E'\n'
                       ORDER BY l.provider COLLATE "C")
              FROM pg_catalog.pg_shseclabel AS l
             WHERE l.classoid = 'pg_catalog.pg_database'::regclass
               AND l.objoid = d.oid),
           (SELECT pg_catalog.count(*)
              FROM pg_catalog.pg_subscription AS s
             WHERE s.subdbid = d.oid),
           (SELECT pg_catalog.count(*)
              FROM pg_catalog.pg_prepared_xacts AS x
             WHERE x.database = d.datname),
           (SELECT pg_catalog.count(*)
              FROM pg_catalog.pg_replication_slots AS s
             WHERE s.database = d.datname)) AS state,
       pg_catalog.pg_database_size(d.oid) < 256 * 1024 * 1024 AS small
  FROM pg_catalog.pg_database AS d
 WHERE d.datname = pg_catalog.current_database()
