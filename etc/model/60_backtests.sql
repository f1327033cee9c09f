-- Strategies tried on past prices.  The application's model gives market_type
-- no default in the database.
CREATE TABLE public.backtests (
    id serial PRIMARY KEY,
    user_id integer NOT NULL REFERENCES public.users (id),

    -- What was tried.
    symbol character varying NOT NULL,
    "interval" character varying NOT NULL,
    start_date character varying NOT NULL,
    end_date character varying NOT NULL,
    market_type character varying NOT NULL,
    test_mode character varying NOT NULL,
    parameters json NOT NULL,

    -- What came of it.
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
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now()
);

CREATE INDEX ix_backtests_id ON public.backtests (id);
CREATE INDEX ix_backtests_user_id ON public.backtests (user_id);
