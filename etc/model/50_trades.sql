-- Orders that the exchange has filled.
CREATE TABLE public.trades (
    id serial PRIMARY KEY,
    user_id integer NOT NULL REFERENCES public.users (id),
    bot_config_id integer NOT NULL REFERENCES public.bot_configs (id),
    binance_order_id character varying UNIQUE,
    symbol character varying NOT NULL,
    side character varying NOT NULL,
    order_type character varying NOT NULL,
    price numeric NOT NULL,
    quantity_filled numeric NOT NULL,
    quote_quantity_filled numeric NOT NULL,
    commission_amount numeric,
    commission_asset character varying,
    pnl numeric,
    realized_pnl numeric,
    "timestamp" timestamp without time zone DEFAULT now()
);

CREATE INDEX ix_trades_id ON public.trades (id);
CREATE INDEX ix_trades_user_id ON public.trades (user_id);
CREATE INDEX ix_trades_bot_config_id ON public.trades (bot_config_id);
