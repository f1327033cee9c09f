--: revision a1b2c3d4e5f6
--: down-revision 8dff47bdfa5f
--: message add_market_type_to_backtests
--: date 2025-08-15T09:57:21Z

--: upgrade
ALTER TABLE public.backtests
    ADD COLUMN market_type character varying NOT NULL DEFAULT 'spot';

--: downgrade
ALTER TABLE public.backtests DROP COLUMN market_type;

--: verify
SELECT market_type FROM public.backtests LIMIT 0;
