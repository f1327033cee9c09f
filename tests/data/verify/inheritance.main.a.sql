CREATE TABLE public.p (a integer, CONSTRAINT positive CHECK (a > 0));
CREATE TABLE public.q (a integer);
CREATE TABLE public.local () INHERITS (public.p);
CREATE TABLE public.gone () INHERITS (public.p);
CREATE TABLE public.come (a integer, CONSTRAINT positive CHECK (a > 0));
CREATE TABLE public.other () INHERITS (public.p);
CREATE TABLE public."order" () INHERITS (public.p, public.q);
