--: title Users
--: unit users
--: scope database
--: explain How many people have an account in TradeBot, and how many of the
--: explain accounts are switched on.
SELECT pg_catalog.count(*)::pg_catalog.numeric AS value,
       pg_catalog.format('%s of %s active',
           pg_catalog.count(*) FILTER (WHERE u.is_active),
           pg_catalog.count(*)) AS message
  FROM public.users AS u
