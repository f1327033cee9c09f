--: title Takes writes
--: critical 0
--: tier 0
--: param expect auto
--: hint Look for who has set default_transaction_read_only, with \drds in psql and in postgresql.conf.
--: explain Whether an ordinary session in this database may write.  Not on a
--: explain standby, and not where default_transaction_read_only is on.  With
--: explain expect=auto a primary should take writes and a standby need not;
--: explain expect=write and expect=read say it outright.  Critical (value 1) if
--: explain it is otherwise.
-- This session itself is set to read only, so look at what it began with.  That
-- may come from a setting of our own role, which says nothing of other roles.
WITH mine AS (
    SELECT EXISTS (SELECT
             FROM pg_catalog.pg_db_role_setting AS s
             JOIN pg_catalog.pg_roles AS r ON r.oid = s.setrole
            WHERE r.rolname = SESSION_USER
              AND EXISTS (SELECT
                    FROM pg_catalog.unnest(s.setconfig) AS c (line)
                   WHERE c.line LIKE 'default\_transaction\_read\_only=%'))
           AS masked
), of_database AS (
    SELECT pg_catalog.split_part(c.line, '=', 2)::bool AS read_only
      FROM pg_catalog.pg_db_role_setting AS s
      JOIN pg_catalog.pg_database AS d ON d.oid = s.setdatabase
     CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) AS c (line)
     WHERE s.setrole = 0
       AND d.datname = pg_catalog.current_database()
       AND c.line LIKE 'default\_transaction\_read\_only=%'
), server AS (
    SELECT pg_catalog.pg_is_in_recovery() AS standby,
           COALESCE((SELECT of_database.read_only FROM of_database),
               CASE WHEN NOT mine.masked THEN p.reset_val::bool END)
           AS read_only,
           $1::text AS expected
      FROM mine
     CROSS JOIN pg_catalog.pg_settings AS p
     WHERE p.name = 'default_transaction_read_only'
), state AS (
    SELECT server.expected,
           server.standby,
           server.standby OR server.read_only AS read_only,
           CASE server.expected WHEN 'write' THEN false
                                WHEN 'read' THEN true
                                WHEN 'auto' THEN server.standby
           END AS wanted
      FROM server
)
SELECT CASE WHEN state.read_only = state.wanted THEN 0 ELSE 1
       END::numeric AS value,
       CASE WHEN state.standby THEN 'read only: it is a standby'
            WHEN state.read_only
            THEN 'read only: default_transaction_read_only is on'
            ELSE 'takes writes'
       END AS message,
       CASE WHEN state.wanted IS NULL
            THEN pg_catalog.format(
                     'parameter expect is auto, write or read, not "%s"',
                     state.expected)
            WHEN state.read_only IS NULL
            THEN pg_catalog.format(
                     'a setting of our own role hides the server''s: '
                     'ALTER ROLE %I RESET default_transaction_read_only',
                     SESSION_USER)
       END AS unknown
  FROM state
