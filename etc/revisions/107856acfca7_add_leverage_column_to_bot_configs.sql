--: revision 107856acfca7
--: down-revision 3742c83cd3b1
--: message add_leverage_column_to_bot_configs
--: date 2025-07-24T07:45:33Z

--: upgrade
ALTER TABLE public.bot_configs ADD COLUMN leverage integer;

--: downgrade
ALTER TABLE public.bot_configs DROP COLUMN leverage;

--: verify
SELECT leverage FROM public.bot_configs LIMIT 0;
