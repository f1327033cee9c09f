--: title Oldest multixact id
--: unit mxids
--: warning 500000000
--: critical 1200000000
--: tier 1
--: hint Vacuum the oldest tables of that database, after ending what holds cleanup up: old transactions, prepared transactions, unused slots.
--: explain The largest mxid_age() of a database.  At 2 billion the server
--: explain refuses to write; vacuum works against it from autovacuum_multixact_freeze_max_age
--: explain on, so being beyond that without pause is the alarm.  Where that setting
--: explain is higher than the warning, the warning moves up to it.
WITH age AS (
    SELECT d.datname, pg_catalog.mxid_age(d.datminmxid)::numeric AS n,
           pg_catalog.current_setting('autovacuum_multixact_freeze_max_age')::numeric
               * 1.05 AS trigger_age
      FROM pg_catalog.pg_database AS d
)
SELECT pg_catalog.max(age.n) AS value,
       pg_catalog.format('%s %% of what there is, in database %I',
           pg_catalog.round(100 * pg_catalog.max(age.n) / 2147483648, 1),
           (pg_catalog.array_agg(age.datname ORDER BY age.n DESC))[1])
           AS message,
       pg_catalog.array_agg(pg_catalog.format('database %I: %s', age.datname,
               age.n)
           ORDER BY age.n DESC, age.datname COLLATE "C") AS objects,
       CASE WHEN pg_catalog.max(age.trigger_age) > 500000000
            THEN pg_catalog.trunc(pg_catalog.max(age.trigger_age))::text
       END AS warning
  FROM age
