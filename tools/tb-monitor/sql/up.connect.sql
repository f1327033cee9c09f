--: title Time to log in
--: unit s
--: warning 0.5
--: critical 2
--: tier 0
--: param connect_seconds
--: hint Look at the load of the server, at name resolution and at pg_hba.conf's way to authenticate.
--: explain How long this program took to connect and log in, name resolution
--: explain and authentication included.  Critical when it could not: then the
--: explain message tells a refused connection from a time-out, a server that is
--: explain starting, one without a free slot, a wrong password and a database
--: explain that is not there.
SELECT $1::numeric AS value,
       pg_catalog.format('%I is in database %I', SESSION_USER,
           pg_catalog.current_database()) AS message
