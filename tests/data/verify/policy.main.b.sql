CREATE TABLE public.t (a integer);
CREATE POLICY command ON public.t FOR DELETE USING (a > 0);
CREATE POLICY permissive ON public.t AS RESTRICTIVE USING (a > 0);
CREATE POLICY roles ON public.t TO pg_monitor, pg_read_all_stats USING (a > 0);
CREATE POLICY "using" ON public.t USING (a > 1);
CREATE POLICY "check" ON public.t USING (a > 0) WITH CHECK (a > 1);
