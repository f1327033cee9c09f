CREATE TABLE public.t (a integer PRIMARY KEY, b integer);
CREATE INDEX i ON public.t (b);
CREATE MATERIALIZED VIEW public.m AS SELECT 1 AS a;
