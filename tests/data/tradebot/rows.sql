-- A small TradeBot for tests: one user, two keys (one valid), three bots (two
-- active, one of them in error), seven trades of which three are today's.
-- Fits an empty schema at head; every day is counted from the day it is run.
INSERT INTO public.users (id, email, hashed_password, is_active)
VALUES (1, 'bot-owner@example.com', 'not-a-hash', true);

INSERT INTO public.api_keys
    (id, user_id, encrypted_api_key, encrypted_secret_key, label, is_valid)
VALUES
    (1, 1, 'not-a-key', 'not-a-secret', 'spot', true),
    (2, 1, 'not-a-key', 'not-a-secret', 'retired', false);

INSERT INTO public.bot_configs
    (id, user_id, api_key_id, name, symbol, timeframe, strategy, is_active,
     initial_capital, stop_loss_perc, take_profit_perc, ema_fast, ema_slow,
     rsi_period, rsi_oversold, rsi_overbought)
VALUES
    (1, 1, 1, 'momentum', 'BTCUSDT', '1h', 'ema', true,
     1000, 2, 4, 9, 21, 14, 30, 70),
    (2, 1, 1, 'reversal', 'ETHUSDT', '15m', 'rsi', true,
     500, 1.5, 3, 9, 21, 14, 25, 75),
    (3, 1, 2, 'grid', 'SOLUSDT', '5m', 'ema', false,
     250, 1, 2, 12, 26, 14, 30, 70);

INSERT INTO public.bot_states
    (id, status, in_position, entry_price, daily_pnl, daily_trades_count,
     last_run_at, last_error_message)
VALUES
    (1, 'running', true, 60000, 12.5, 2, CURRENT_DATE, NULL),
    (2, 'error', false, NULL, -3.25, 1, CURRENT_DATE,
     'order rejected: insufficient balance'),
    (3, 'stopped', false, NULL, 0, 0, CURRENT_DATE - 1, NULL);

INSERT INTO public.trades
    (id, bot_config_id, user_id, binance_order_id, symbol, side, order_type,
     price, quantity_filled, quote_quantity_filled, pnl, realized_pnl,
     "timestamp")
VALUES
    (1, 3, 1, 'T-1', 'SOLUSDT', 'BUY', 'MARKET', 150, 1, 150,
     NULL, NULL, CURRENT_DATE - interval '2 days'),
    (2, 3, 1, 'T-2', 'SOLUSDT', 'SELL', 'MARKET', 153, 1, 153,
     3, 2.85, CURRENT_DATE - interval '1 day'),
    (3, 1, 1, 'T-3', 'BTCUSDT', 'BUY', 'LIMIT', 59000, 0.01, 590,
     NULL, NULL, CURRENT_DATE - interval '3 hours'),
    (4, 2, 1, 'T-4', 'ETHUSDT', 'BUY', 'MARKET', 2500, 0.1, 250,
     NULL, NULL, CURRENT_DATE - interval '1 second'),
    (5, 2, 1, 'T-5', 'ETHUSDT', 'SELL', 'MARKET', 2470, 0.1, 247,
     -3, -3.25, CURRENT_DATE),
    (6, 1, 1, 'T-6', 'BTCUSDT', 'SELL', 'LIMIT', 60250, 0.01, 602.5,
     12.5, NULL, CURRENT_DATE + interval '1 second'),
    (7, 1, 1, 'T-7', 'BTCUSDT', 'BUY', 'MARKET', 60000, 0.01, 600,
     NULL, NULL, CURRENT_DATE + interval '1 minute');

INSERT INTO public.backtests
    (id, user_id, symbol, "interval", start_date, end_date, parameters,
     initial_capital, final_capital, total_return, total_trades,
     winning_trades, losing_trades, win_rate, total_fees, avg_profit,
     test_mode, market_type)
VALUES
    (1, 1, 'BTCUSDT', '1h', '2025-01-01', '2025-03-31', '{"ema_fast": 9}',
     1000, 1084.2, 8.42, 31, 18, 13, 58.06, 6.1, 2.72, 'historical', 'spot');

-- The ids above were given by hand; let the sequences go on behind them.
SELECT pg_catalog.setval('public.users_id_seq', 1);
SELECT pg_catalog.setval('public.api_keys_id_seq', 2);
SELECT pg_catalog.setval('public.bot_configs_id_seq', 3);
SELECT pg_catalog.setval('public.trades_id_seq', 7);
SELECT pg_catalog.setval('public.backtests_id_seq', 1);
