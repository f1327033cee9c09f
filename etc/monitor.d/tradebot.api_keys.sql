--: title Valid API keys
--: unit keys
--: scope database
--: hint Have the owner of each key named here store a new one.
--: explain How many keys of the exchange the application holds to be valid.
--: explain The others are named: a bot that uses one of them cannot trade.  A
--: explain key that was never tried (is_valid is null) counts as not valid.
SELECT pg_catalog.count(*) FILTER (WHERE k.is_valid)::pg_catalog.numeric
           AS value,
       pg_catalog.format('%s of %s valid',
           pg_catalog.count(*) FILTER (WHERE k.is_valid),
           pg_catalog.count(*)) AS message,
       pg_catalog.array_agg(
           pg_catalog.concat_ws(' ', 'key', k.id, '(' || k.label || ')')
           ORDER BY k.id) FILTER (WHERE k.is_valid IS NOT TRUE) AS objects
  FROM public.api_keys AS k
