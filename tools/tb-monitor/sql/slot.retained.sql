--: title WAL held back by slots
--: unit B
--: warning 10GB
--: critical 50GB
--: tier 1
--: hint Start its consumer again or drop the slot; max_slot_wal_keep_size limits what a slot may hold.
--: explain How much WAL each replication slot keeps the server from removing: the
--: explain distance from what it still needs to the end of the log.
WITH log AS (
    SELECT CASE WHEN pg_catalog.pg_is_in_recovery()
                THEN pg_catalog.pg_last_wal_replay_lsn()
                ELSE pg_catalog.pg_current_wal_lsn()
           END AS lsn
)
SELECT GREATEST(pg_catalog.pg_wal_lsn_diff(log.lsn, s.restart_lsn), 0)
           AS value,
       s.slot_name::text AS label,
       pg_catalog.concat_ws(', ', s.slot_type || ' slot',
           CASE WHEN s.active THEN 'active' ELSE 'inactive' END,
           pg_catalog.pg_size_pretty(s.safe_wal_size) || ' to go until it is '
               'lost') AS message
  FROM pg_catalog.pg_replication_slots AS s
 CROSS JOIN log
 WHERE s.restart_lsn IS NOT NULL
 ORDER BY s.slot_name COLLATE "C"
