--: revision 92c67f02186c
--: down-revision 59a0e8d02f5a
--: message add_realized_pnl_to_trade
--: date 2025-07-11T13:09:40Z

--: upgrade
ALTER TABLE public.trades ADD COLUMN realized_pnl numeric;

--: downgrade
ALTER TABLE public.trades DROP COLUMN realized_pnl;

--: verify
SELECT realized_pnl FROM public.trades LIMIT 0;
