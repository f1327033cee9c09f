--: revision 59a0e8d02f5a
--: down-revision 69694099e14e
--: message add_strategy_and_ema_period_to_bot_config
--: date 2025-07-04T10:31:27Z

--: upgrade
-- NOT NULL without a default: this fails as soon as the table has a row.
ALTER TABLE public.bot_configs ADD COLUMN strategy character varying NOT NULL;
ALTER TABLE public.bot_configs ADD COLUMN ema_period integer;

--: downgrade
ALTER TABLE public.bot_configs DROP COLUMN ema_period;
ALTER TABLE public.bot_configs DROP COLUMN strategy;

--: verify
SELECT strategy, ema_period FROM public.bot_configs LIMIT 0;
