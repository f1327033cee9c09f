CREATE TABLE public.t (a integer PRIMARY KEY USING INDEX TABLESPACE verify_ts,
    b integer) TABLESPACE verify_ts;
CREATE INDEX i ON public.t (b) TABLESPACE verify_ts;
CREATE MATERIALIZED VIEW public.m TABLESPACE verify_ts AS SELECT 1 AS a;
