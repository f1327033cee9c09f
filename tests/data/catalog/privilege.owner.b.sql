CREATE TABLE public.t (a integer);
GRANT SELECT ON public.t TO verify_alice;
