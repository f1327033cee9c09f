CREATE TABLE public.t (a integer NOT NULL, b text, PRIMARY KEY (a))
    PARTITION BY RANGE (a);
CREATE TABLE public.one PARTITION OF public.t FOR VALUES FROM (1) TO (10);
CREATE TABLE public.two PARTITION OF public.t FOR VALUES FROM (10) TO (20)
    PARTITION BY RANGE (a);
CREATE TABLE public.three PARTITION OF public.two
    FOR VALUES FROM (10) TO (15);
CREATE INDEX t_b ON public.t (b) WITH (fillfactor = 70);
CREATE INDEX t_lower ON public.t (lower(b));
ALTER INDEX public.three_b_idx RENAME TO name_of_b;
ALTER INDEX public.one_pkey RENAME TO "Own";
ALTER INDEX public.one_b_idx SET (fillfactor = 80);
ALTER INDEX public.three_lower_idx RESET (fillfactor);
ALTER INDEX public.three_pkey SET (fillfactor = 90);
ALTER INDEX public.one_lower_idx ALTER COLUMN 1 SET STATISTICS 500;
ALTER TABLE public.one CLUSTER ON one_b_idx;
ALTER TABLE public.three REPLICA IDENTITY USING INDEX three_pkey;
ALTER INDEX public.two_b_idx RENAME TO middle;
COMMENT ON INDEX public.one_lower_idx IS 'comment';
COMMENT ON CONSTRAINT "Own" ON public.one IS 'comment';
CREATE TABLE public.four PARTITION OF public.t FOR VALUES FROM (20) TO (30);
ALTER INDEX public.four_b_idx SET (fillfactor = 80);
ALTER INDEX public.four_lower_idx ALTER COLUMN 1 SET STATISTICS 500;
ALTER INDEX public.four_pkey SET (fillfactor = 60);
ALTER TABLE public.four CLUSTER ON four_b_idx,
    REPLICA IDENTITY USING INDEX four_pkey;
