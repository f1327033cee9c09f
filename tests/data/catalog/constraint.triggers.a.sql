CREATE TABLE public.p (a integer PRIMARY KEY, b integer UNIQUE,
    c integer UNIQUE DEFERRABLE);
CREATE TABLE public.t (a integer CONSTRAINT fk REFERENCES public.p,
    b integer CONSTRAINT other REFERENCES public.p (b));
ALTER TABLE public.t DISABLE TRIGGER ALL;
