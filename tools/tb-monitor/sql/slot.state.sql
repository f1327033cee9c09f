--: title Replication slots
--: since 170000
--: warning 0
--: critical 1
--: tier 1
--: param inactive_minutes 30
--: hint Start its consumer again or drop the slot with pg_drop_replication_slot(NAME); a consumer of a lost slot has to be built anew.
--: explain 2: the slot is lost, the WAL that it needs is gone.  1: it is about to
--: explain be lost, or nobody has read from it for inactive_minutes.  Slots that a
--: explain standby copies from its primary and those that live with their session
--: explain are not looked at.
SELECT CASE WHEN s.wal_status = 'lost' THEN 2
            WHEN s.wal_status = 'unreserved' THEN 1
            WHEN NOT s.active AND s.restart_lsn IS NOT NULL
             AND s.inactive_since < pg_catalog.clock_timestamp()
                 - $1::float8 * INTERVAL '1 minute' THEN 1
            ELSE 0
       END::numeric AS value,
       s.slot_name::text AS label,
       pg_catalog.concat_ws(', ', s.slot_type || ' slot',
           'WAL ' || s.wal_status,
           'invalidated: ' || s.invalidation_reason,
           CASE WHEN s.active THEN 'active'
                ELSE 'inactive since ' || pg_catalog.date_trunc('second',
                    s.inactive_since)
           END) AS message
  FROM pg_catalog.pg_replication_slots AS s
 WHERE NOT s.temporary
   AND NOT s.synced
 ORDER BY s.slot_name COLLATE "C"
