--: title Archiving of WAL
--: unit s
--: warning 0
--: critical 600
--: role primary
--: tier 1
--: hint Read the archiver's words in the server's log, then run archive_command by hand as the server's user; WAL piles up until it works.
--: explain For how long, at most, the archiver has been failing: the time since its
--: explain last success if a failure is newer than that, else 0.  Failures of the
--: explain past that were made good do not count.
WITH archiver AS (
    SELECT s.last_archived_wal, s.last_failed_wal,
           pg_catalog.current_setting('archive_mode') AS mode,
           pg_catalog.current_setting('archive_command') IN ('', '(disabled)')
               AND COALESCE(pg_catalog.current_setting(
                   'archive_library', true), '') = '' AS unset,
           s.last_failed_time > s.last_archived_time
               OR s.last_failed_time IS NOT NULL
                  AND s.last_archived_time IS NULL AS failing,
           pg_catalog.clock_timestamp() - COALESCE(s.last_archived_time,
               s.stats_reset, pg_catalog.pg_postmaster_start_time()) AS since
      FROM pg_catalog.pg_stat_archiver AS s
), state AS (
    SELECT a.*,
           CASE WHEN a.mode = 'off' THEN NULL
                WHEN a.failing OR a.unset
                THEN pg_catalog.round(EXTRACT(epoch FROM a.since)::numeric)
                ELSE 0
           END AS seconds
      FROM archiver AS a
)
SELECT state.seconds AS value,
       CASE WHEN state.mode = 'off' THEN 'archive_mode is off'
            WHEN state.unset THEN 'archive_mode is on, but nothing archives: '
                'archive_command is empty'
            WHEN state.failing
            THEN pg_catalog.format('fails at %s', state.last_failed_wal)
            WHEN state.last_archived_wal IS NULL THEN 'nothing to archive yet'
            ELSE pg_catalog.format('the last was %s', state.last_archived_wal)
       END AS message
  FROM state
