CREATE TABLE public.t (a integer) PARTITION BY LIST (a);
CREATE TABLE public.one PARTITION OF public.t FOR VALUES IN (1);
CREATE INDEX t_a ON public.t (a);
ALTER INDEX public.one_a_idx SET (fillfactor = 50);
