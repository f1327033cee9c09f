--: title Settings that risk data
--: critical 0
--: tier 3
--: hint Set them back, unless this server's data may be lost.
--: explain fsync and full_page_writes off lose data in a crash; autovacuum and
--: explain track_counts off end in bloat and wraparound; zero_damaged_pages,
--: explain ignore_checksum_failure, ignore_invalid_pages and ignore_system_indexes
--: explain are for rescue work only.
SELECT pg_catalog.count(*)::numeric AS value,
       CASE WHEN pg_catalog.count(*) = 0 THEN 'none'
            ELSE pg_catalog.string_agg(s.name || ' is ' || s.setting, ', '
                     ORDER BY s.name COLLATE "C")
       END AS message,
       pg_catalog.array_agg(
           pg_catalog.concat_ws(' ', s.name, 'is', s.setting,
               'by ' || s.source)
           ORDER BY s.name COLLATE "C") AS objects
  FROM pg_catalog.pg_settings AS s
  JOIN (VALUES ('fsync', 'on'),
               ('full_page_writes', 'on'),
               ('autovacuum', 'on'),
               ('track_counts', 'on'),
               ('zero_damaged_pages', 'off'),
               ('ignore_checksum_failure', 'off'),
               ('ignore_invalid_pages', 'off'),
               ('ignore_system_indexes', 'off')) AS safe (name, setting)
    ON safe.name = s.name
   AND safe.setting <> s.setting
