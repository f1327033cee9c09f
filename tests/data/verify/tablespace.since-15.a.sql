CREATE TABLE public.t (a integer PRIMARY KEY, b integer);
CREATE INDEX i ON public.t (b);
CREATE MATERIALIZED VIEW public.m AS SELECT 1 AS a;
CREATE TABLE public.p (a integer) PARTITION BY LIST (a);
CREATE TABLE public.one PARTITION OF public.p FOR VALUES IN (1);
CREATE INDEX p_a ON public.p (a);
ALTER INDEX public.one_a_idx SET (fillfactor = 50);
