--: title Active bots
--: unit bots
--: scope database
--: explain How many bots are switched on, of all that are configured.
SELECT pg_catalog.count(*) FILTER (WHERE b.is_active)::pg_catalog.numeric
           AS value,
       pg_catalog.format('%s of %s active',
           pg_catalog.count(*) FILTER (WHERE b.is_active),
           pg_catalog.count(*)) AS message
  FROM public.bot_configs AS b
