--: title Clock against this machine's
--: unit s
--: warning 2
--: critical 10
--: tier 2
--: param client_epoch
--: hint Have both machines set their clocks by NTP before you trust lags and times.
--: explain How far the server's clock is from that of the machine on which this
--: explain program runs.
WITH clock AS (
    SELECT EXTRACT(epoch FROM pg_catalog.clock_timestamp())::numeric
               - $1::numeric AS ahead
)
SELECT pg_catalog.round(pg_catalog.abs(clock.ahead), 3) AS value,
       CASE WHEN pg_catalog.abs(clock.ahead) < 0.5 THEN 'the clocks agree'
            WHEN clock.ahead > 0 THEN 'the server is ahead'
            ELSE 'the server is behind'
       END AS message
  FROM clock
