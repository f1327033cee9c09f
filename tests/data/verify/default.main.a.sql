CREATE SEQUENCE public.s;
CREATE TABLE public.t (gone integer DEFAULT 1, come integer,
    changed timestamptz DEFAULT now(), "null" text DEFAULT NULL,
    serial integer DEFAULT nextval('public.s'), type text DEFAULT 'x',
    same timestamptz DEFAULT '2025-01-01 12:00+02');
CREATE VIEW public.v AS SELECT 1 AS a;
