CREATE TABLE public.t (a integer, b integer, c integer);
CREATE STATISTICS public.columns ON a, c FROM public.t;
CREATE STATISTICS public.kinds (dependencies) ON a, b FROM public.t;
CREATE STATISTICS public.target ON a, b FROM public.t;
ALTER STATISTICS public.target SET STATISTICS 100;
CREATE STATISTICS public.same ON a, b FROM public.t;
