--: revision 3742c83cd3b1
--: down-revision 92c67f02186c
--: message add_advanced_bot_parameters
--: date 2025-07-18T17:22:05Z

--: upgrade
ALTER TABLE public.bot_configs
    ADD COLUMN custom_ema_fast integer,
    ADD COLUMN custom_ema_slow integer,
    ADD COLUMN custom_rsi_period integer,
    ADD COLUMN custom_rsi_oversold integer,
    ADD COLUMN custom_rsi_overbought integer,
    ADD COLUMN custom_stop_loss numeric,
    ADD COLUMN custom_take_profit numeric,
    ADD COLUMN custom_trailing_stop numeric,
    ADD COLUMN position_type character varying,
    ADD COLUMN transfer_amount numeric,
    ADD COLUMN auto_transfer_funds boolean;

--: downgrade
ALTER TABLE public.bot_configs
    DROP COLUMN auto_transfer_funds,
    DROP COLUMN transfer_amount,
    DROP COLUMN position_type,
    DROP COLUMN custom_trailing_stop,
    DROP COLUMN custom_take_profit,
    DROP COLUMN custom_stop_loss,
    DROP COLUMN custom_rsi_overbought,
    DROP COLUMN custom_rsi_oversold,
    DROP COLUMN custom_rsi_period,
    DROP COLUMN custom_ema_slow,
    DROP COLUMN custom_ema_fast;

--: verify
SELECT custom_ema_fast, custom_ema_slow, custom_rsi_period,
       custom_rsi_oversold, custom_rsi_overbought, custom_stop_loss,
       custom_take_profit, custom_trailing_stop, position_type,
       transfer_amount, auto_transfer_funds
  FROM public.bot_configs
 LIMIT 0;
