CREATE TABLE public.t (a integer);
CREATE TABLE public."Two" (a integer);
CREATE PUBLICATION all_tables;
CREATE PUBLICATION publish FOR TABLE public.t;
CREATE PUBLICATION via_root;
CREATE PUBLICATION tables FOR TABLE public.t;
CREATE PUBLICATION gone FOR TABLE public.t, public."Two";
CREATE PUBLICATION same FOR TABLE public.t;
