CREATE TABLE public.t (a integer NOT NULL, b text, PRIMARY KEY (a))
    PARTITION BY RANGE (a);
CREATE TABLE public.one PARTITION OF public.t FOR VALUES FROM (1) TO (10);
CREATE TABLE public.two PARTITION OF public.t FOR VALUES FROM (10) TO (20)
    PARTITION BY RANGE (a);
CREATE TABLE public.three PARTITION OF public.two
    FOR VALUES FROM (10) TO (15);
CREATE INDEX t_b ON public.t (b) WITH (fillfactor = 70);
CREATE INDEX t_lower ON public.t (lower(b));
ALTER INDEX public.three_b_idx RENAME TO name_of_a;
CREATE TABLE public.four PARTITION OF public.t FOR VALUES FROM (20) TO (30);
ALTER INDEX public.four_b_idx SET (fillfactor = 85);
ALTER INDEX public.four_lower_idx ALTER COLUMN 1 SET STATISTICS 400;
ALTER INDEX public.four_pkey SET (fillfactor = 60);
