--: revision 69694099e14e
--: down-revision 7354d6bd11ea
--: message add_api_key_id_to_bot_config
--: date 2025-06-29T18:04:11Z

--: upgrade
ALTER TABLE public.bot_configs ADD COLUMN api_key_id integer;
ALTER TABLE public.bot_configs
    ADD FOREIGN KEY (api_key_id) REFERENCES public.api_keys (id);

--: downgrade
-- The constraint never got a name of its own, so it has PostgreSQL's.
ALTER TABLE public.bot_configs DROP CONSTRAINT bot_configs_api_key_id_fkey;
ALTER TABLE public.bot_configs DROP COLUMN api_key_id;

--: verify
SELECT api_key_id FROM public.bot_configs LIMIT 0;
