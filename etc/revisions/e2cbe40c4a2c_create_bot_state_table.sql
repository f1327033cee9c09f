--: revision e2cbe40c4a2c
--: down-revision 19adfce0d2a6
--: message create_bot_state_table
--: date 2025-05-21T08:03:19Z

--: upgrade
-- One row a bot at most: its id is the id of the bot.
CREATE TABLE public.bot_states (
    id integer NOT NULL,
    status character varying,
    in_position boolean,
    entry_price numeric,
    current_position_size_coins numeric,
    trailing_stop_price numeric,
    max_price_since_entry numeric,
    take_profit_price numeric,
    stop_loss_price numeric,
    daily_pnl numeric,
    daily_trades_count integer,
    last_run_at timestamp without time zone,
    last_error_message text,
    last_updated_at timestamp with time zone DEFAULT now(),
    PRIMARY KEY (id),
    FOREIGN KEY (id) REFERENCES public.bot_configs (id)
);

--: downgrade
DROP TABLE public.bot_states;

--: verify
SELECT id, status, in_position, entry_price, current_position_size_coins,
       trailing_stop_price, max_price_since_entry, take_profit_price,
       stop_loss_price, daily_pnl, daily_trades_count, last_run_at,
       last_error_message, last_updated_at
  FROM public.bot_states
 LIMIT 0;
