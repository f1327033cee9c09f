--: revision 19adfce0d2a6
--: down-revision 4b2e65b4c85b
--: message create_bot_config_table
--: date 2025-05-19T11:27:55Z

--: upgrade
CREATE TABLE public.bot_configs (
    id serial,
    user_id integer NOT NULL,
    name character varying NOT NULL,
    symbol character varying NOT NULL,
    timeframe character varying NOT NULL,
    is_active boolean,
    initial_capital numeric,
    daily_target_perc numeric,
    max_daily_loss_perc numeric,
    position_size_perc numeric,
    position_size_fixed numeric,
    stop_loss_perc numeric NOT NULL,
    take_profit_perc numeric NOT NULL,
    trailing_stop_perc numeric,
    trailing_stop_active boolean,
    ema_fast integer NOT NULL,
    ema_slow integer NOT NULL,
    rsi_period integer NOT NULL,
    rsi_oversold integer NOT NULL,
    rsi_overbought integer NOT NULL,
    max_daily_trades integer,
    check_interval_seconds integer,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    PRIMARY KEY (id),
    FOREIGN KEY (user_id) REFERENCES public.users (id)
);
CREATE INDEX ix_bot_configs_id ON public.bot_configs (id);
CREATE INDEX ix_bot_configs_user_id ON public.bot_configs (user_id);

--: downgrade
DROP TABLE public.bot_configs;

--: verify
SELECT id, user_id, name, symbol, timeframe, is_active, initial_capital,
       daily_target_perc, max_daily_loss_perc, position_size_perc,
       position_size_fixed, stop_loss_perc, take_profit_perc,
       trailing_stop_perc, trailing_stop_active, ema_fast, ema_slow,
       rsi_period, rsi_oversold, rsi_overbought, max_daily_trades,
       check_interval_seconds, created_at, updated_at
  FROM public.bot_configs
 LIMIT 0;
