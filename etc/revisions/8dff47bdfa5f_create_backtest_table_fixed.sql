--: revision 8dff47bdfa5f
--: down-revision 107856acfca7
--: message create_backtest_table_fixed
--: date 2025-08-02T19:16:50Z

--: upgrade
CREATE TABLE public.backtests (
    id serial,
    user_id integer NOT NULL,
    symbol character varying NOT NULL,
    "interval" character varying NOT NULL,
    start_date character varying NOT NULL,
    end_date character varying NOT NULL,
    parameters json NOT NULL,
    initial_capital double precision NOT NULL,
    final_capital double precision NOT NULL,
    total_return double precision NOT NULL,
    total_trades integer NOT NULL,
    winning_trades integer NOT NULL,
    losing_trades integer NOT NULL,
    win_rate double precision NOT NULL,
    total_fees double precision NOT NULL,
    avg_profit double precision NOT NULL,
    daily_results json,
    monthly_results json,
    test_mode character varying NOT NULL,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    PRIMARY KEY (id),
    FOREIGN KEY (user_id) REFERENCES public.users (id)
);
CREATE INDEX ix_backtests_id ON public.backtests (id);
CREATE INDEX ix_backtests_user_id ON public.backtests (user_id);

--: downgrade
DROP TABLE public.backtests;

--: verify
SELECT id, user_id, symbol, "interval", start_date, end_date, parameters,
       initial_capital, final_capital, total_return, total_trades,
       winning_trades, losing_trades, win_rate, total_fees, avg_profit,
       daily_results, monthly_results, test_mode, created_at, updated_at
  FROM public.backtests
 LIMIT 0;
