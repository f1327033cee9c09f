--: title Profit and loss today, by active bot
--: scope database
--: explain What each active bot has won or lost today, as the bot counts it in
--: explain bot_states, in the currency that its symbol is quoted in.  Two bots
--: explain of the same name and symbol are told apart by their id.
SELECT s.daily_pnl AS value,
       pg_catalog.concat_ws(' ', b.name, b.symbol,
           CASE WHEN pg_catalog.count(*) OVER (PARTITION BY b.name, b.symbol)
                    > 1
                THEN '#' || b.id END) AS label,
       CASE WHEN s.id IS NULL THEN 'has not run yet'
            ELSE pg_catalog.format('%s, %s, trades today: %s',
                     COALESCE(s.status, 'no status'),
                     CASE WHEN s.in_position THEN 'in position'
                          ELSE 'not in position' END,
                     COALESCE(s.daily_trades_count, 0))
       END AS message
  FROM public.bot_configs AS b
  LEFT JOIN public.bot_states AS s ON s.id = b.id
 WHERE b.is_active
 ORDER BY b.name COLLATE "C", b.symbol COLLATE "C", b.id
