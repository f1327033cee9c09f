CREATE TABLE public.t (a integer, b integer, c integer);
CREATE STATISTICS public.columns ON a, b FROM public.t;
CREATE STATISTICS public.kinds (ndistinct, mcv) ON a, b FROM public.t;
CREATE STATISTICS public.target ON a, b FROM public.t;
CREATE STATISTICS public.gone ON a, b FROM public.t;
CREATE STATISTICS public.same ON a, b FROM public.t;
