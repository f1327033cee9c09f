-- What a bot is doing: one row a bot at most, under the id of the bot.
CREATE TABLE public.bot_states (
    id integer PRIMARY KEY REFERENCES public.bot_configs (id),
    status character varying,
    last_run_at timestamp without time zone,
    last_error_message text,

    -- The position it is in.
    in_position boolean,
    entry_price numeric,
    current_position_size_coins numeric,
    take_profit_price numeric,
    stop_loss_price numeric,
    trailing_stop_price numeric,
    max_price_since_entry numeric,

    -- Its day so far.
    daily_pnl numeric,
    daily_trades_count integer,
    last_updated_at timestamp with time zone DEFAULT now()
);
