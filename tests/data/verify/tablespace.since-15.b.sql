CREATE TABLE public.t (a integer PRIMARY KEY USING INDEX TABLESPACE verify_ts,
    b integer) TABLESPACE verify_ts;
CREATE INDEX i ON public.t (b) TABLESPACE verify_ts;
CREATE MATERIALIZED VIEW public.m TABLESPACE verify_ts AS SELECT 1 AS a;
CREATE TABLE public.p (a integer) PARTITION BY LIST (a);
CREATE TABLE public.one PARTITION OF public.p FOR VALUES IN (1);
CREATE INDEX p_a ON public.p (a);
ALTER INDEX public.one_a_idx SET (fillfactor = 50);
ALTER INDEX public.one_a_idx SET TABLESPACE verify_ts;
