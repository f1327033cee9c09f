-- What a bot is told to do.
CREATE TABLE public.bot_configs (
    id serial PRIMARY KEY,
    user_id integer NOT NULL REFERENCES public.users (id),
    api_key_id integer REFERENCES public.api_keys (id),
    name character varying NOT NULL,
    symbol character varying NOT NULL,
    timeframe character varying NOT NULL,
    strategy character varying NOT NULL,
    is_active boolean,

    -- Market and money.
    position_type character varying,
    leverage integer,
    initial_capital numeric,
    auto_transfer_funds boolean,
    transfer_amount numeric,
    daily_target_perc numeric,
    max_daily_loss_perc numeric,
    position_size_perc numeric,
    position_size_fixed numeric,

    -- When to leave a position.
    stop_loss_perc numeric NOT NULL,
    take_profit_perc numeric NOT NULL,
    trailing_stop_perc numeric,
    trailing_stop_active boolean,
    custom_stop_loss numeric,
    custom_take_profit numeric,
    custom_trailing_stop numeric,

    -- Indicators.
    ema_period integer,
    ema_fast integer NOT NULL,
    ema_slow integer NOT NULL,
    rsi_period integer NOT NULL,
    rsi_oversold integer NOT NULL,
    rsi_overbought integer NOT NULL,
    custom_ema_fast integer,
    custom_ema_slow integer,
    custom_rsi_period integer,
    custom_rsi_oversold integer,
    custom_rsi_overbought integer,

    -- Pace.
    max_daily_trades integer,
    check_interval_seconds integer,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now()
);

CREATE INDEX ix_bot_configs_id ON public.bot_configs (id);
CREATE INDEX ix_bot_configs_user_id ON public.bot_configs (user_id);
