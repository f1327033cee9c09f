--: title Bots in error
--: unit bots
--: warning 0
--: scope database
--: hint Mend what the message names, then start the bot again.
--: explain Bots whose state is "error" or that left an error message in
--: explain bot_states, switched on or not.  Up to five messages are shown, the
--: explain newest first.
WITH bad AS (
    SELECT pg_catalog.concat_ws(' ', b.name, b.symbol, '#' || b.id) AS bot,
           pg_catalog.left(COALESCE(
               NULLIF(pg_catalog.btrim(pg_catalog.regexp_replace(
                   s.last_error_message, '[[:space:]]+', ' ', 'g')), ''),
               'status ' || s.status), 200) AS reason,
           pg_catalog.row_number() OVER (
               ORDER BY s.last_updated_at DESC NULLS LAST, s.id) AS nth
      FROM public.bot_states AS s
      JOIN public.bot_configs AS b ON b.id = s.id
     WHERE pg_catalog.btrim(s.last_error_message) <> ''
        OR pg_catalog.lower(s.status) = 'error'
)
SELECT pg_catalog.count(*)::pg_catalog.numeric AS value,
       COALESCE(
           pg_catalog.string_agg(bad.bot || ': ' || bad.reason, '; '
               ORDER BY bad.nth) FILTER (WHERE bad.nth <= 5)
           || CASE WHEN pg_catalog.count(*) > 5
                   THEN pg_catalog.format('; and %s more',
                            pg_catalog.count(*) - 5)
                   ELSE '' END,
           'none') AS message,
       pg_catalog.array_agg(bad.bot ORDER BY bad.nth) AS objects
  FROM bad
