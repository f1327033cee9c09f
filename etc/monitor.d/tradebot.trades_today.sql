--: title Trades today
--: unit trades
--: scope database
--: explain How many trades were recorded since midnight.  trades.timestamp has
--: explain no time zone: midnight is that of the server's TimeZone, in which
--: explain the default of the column is written as well.  No index holds the
--: explain time, so this reads the whole table.
SELECT pg_catalog.count(*) FILTER (
           WHERE t."timestamp" >= CURRENT_DATE
             AND t."timestamp" < CURRENT_DATE + 1)::pg_catalog.numeric
           AS value,
       pg_catalog.format('%s in all', pg_catalog.count(*)) AS message
  FROM public.trades AS t
