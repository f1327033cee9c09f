CREATE TABLE public.p (a integer, CONSTRAINT positive CHECK (a > 0));
CREATE TABLE public.q (a integer);
CREATE TABLE public.local (a integer) INHERITS (public.p);
CREATE TABLE public.gone () INHERITS (public.p);
ALTER TABLE public.gone NO INHERIT public.p;
CREATE TABLE public.come (a integer, CONSTRAINT positive CHECK (a > 0));
ALTER TABLE public.come INHERIT public.p;
CREATE TABLE public.other () INHERITS (public.q);
CREATE TABLE public."order" () INHERITS (public.q, public.p);
