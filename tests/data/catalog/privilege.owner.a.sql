CREATE TABLE public.t (a integer);
ALTER TABLE public.t OWNER TO verify_alice;
REVOKE ALL ON public.t FROM verify_alice;
GRANT SELECT, UPDATE ON public.t TO verify_alice;
