--: revision 7354d6bd11ea
--: down-revision e2cbe40c4a2c
--: message create_trade_table
--: date 2025-06-03T14:52:48Z

--: upgrade
CREATE TABLE public.trades (
    id serial,
    bot_config_id integer NOT NULL,
    user_id integer NOT NULL,
    binance_order_id character varying,
    symbol character varying NOT NULL,
    side character varying NOT NULL,
    order_type character varying NOT NULL,
    price numeric NOT NULL,
    quantity_filled numeric NOT NULL,
    quote_quantity_filled numeric NOT NULL,
    commission_amount numeric,
    commission_asset character varying,
    pnl numeric,
    "timestamp" timestamp without time zone DEFAULT now(),
    PRIMARY KEY (id),
    UNIQUE (binance_order_id),
    FOREIGN KEY (bot_config_id) REFERENCES public.bot_configs (id),
    FOREIGN KEY (user_id) REFERENCES public.users (id)
);
CREATE INDEX ix_trades_bot_config_id ON public.trades (bot_config_id);
CREATE INDEX ix_trades_id ON public.trades (id);
CREATE INDEX ix_trades_user_id ON public.trades (user_id);

--: downgrade
DROP TABLE public.trades;

--: verify
SELECT id, bot_config_id, user_id, binance_order_id, symbol, side, order_type,
       price, quantity_filled, quote_quantity_filled, commission_amount,
       commission_asset, pnl, "timestamp"
  FROM public.trades
 LIMIT 0;
