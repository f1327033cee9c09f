CREATE TABLE public.t (a integer);
CREATE POLICY command ON public.t FOR SELECT USING (a > 0);
CREATE POLICY permissive ON public.t USING (a > 0);
CREATE POLICY roles ON public.t USING (a > 0);
CREATE POLICY "using" ON public.t USING (a > 0);
CREATE POLICY "check" ON public.t USING (a > 0) WITH CHECK (a > 0);
CREATE POLICY gone ON public.t USING (true);
