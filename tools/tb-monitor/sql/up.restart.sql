--: title Time since the start
--: unit s
--: warning 600:
--: tier 1
--: hint Look into the server's log for the reason of the restart.
--: explain How long the server has been up: warns in the first ten minutes, so
--: explain that a restart nobody asked for is seen.
SELECT pg_catalog.round(EXTRACT(epoch FROM pg_catalog.clock_timestamp()
           - pg_catalog.pg_postmaster_start_time())::numeric) AS value,
       pg_catalog.format('started %s, configuration read %s',
           pg_catalog.to_char(pg_catalog.pg_postmaster_start_time(),
               'YYYY-MM-DD HH24:MI:SSOF'),
           pg_catalog.to_char(pg_catalog.pg_conf_load_time(),
               'YYYY-MM-DD HH24:MI:SSOF')) AS message
