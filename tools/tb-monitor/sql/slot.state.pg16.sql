--: title Replication slots
--: name slot.state
--: until 169999
--: warning 0
--: critical 1
--: tier 1
--: hint Start its consumer again or drop the slot with pg_drop_replication_slot(NAME); a consumer of a lost slot has to be built anew.
--: explain 2: the slot is lost, the WAL that it needs is gone.  1: it is about to
--: explain be lost, or nobody reads from it; a server before 17 does not say since
--: explain when.  Slots that live with their session are not looked at.
SELECT CASE WHEN s.wal_status = 'lost' THEN 2
            WHEN s.wal_status = 'unreserved' THEN 1
            WHEN NOT s.active AND s.restart_lsn IS NOT NULL THEN 1
            ELSE 0
       END::numeric AS value,
       s.slot_name::text AS label,
       pg_catalog.concat_ws(', ', s.slot_type || ' slot',
           'WAL ' || s.wal_status,
           CASE WHEN s.active THEN 'active' ELSE 'inactive' END) AS message
  FROM pg_catalog.pg_replication_slots AS s
 WHERE NOT s.temporary
 ORDER BY s.slot_name COLLATE "C"
