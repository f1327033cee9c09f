--: title Last five trades
--: scope database
--: explain The five trades recorded last, 1 is the newest.  The value is the
--: explain profit or loss of the trade where it is known, the realized one
--: explain first.  "Last" goes by id, which costs five rows of an index; by
--: explain time it would cost the whole table.
SELECT COALESCE(t.realized_pnl, t.pnl) AS value,
       pg_catalog.row_number() OVER (ORDER BY t.id DESC)::pg_catalog.text
           AS label,
       pg_catalog.format('%s %s %s %s at %s by %s, trade %s',
           COALESCE(pg_catalog.to_char(t."timestamp", 'YYYY-MM-DD HH24:MI:SS'),
               'time unknown'),
           t.side, pg_catalog.trim_scale(t.quantity_filled), t.symbol,
           pg_catalog.trim_scale(t.price), b.name, t.id) AS message
  FROM public.trades AS t
  JOIN public.bot_configs AS b ON b.id = t.bot_config_id
 ORDER BY t.id DESC
 LIMIT 5
