CREATE SEQUENCE public.s;
CREATE TABLE public.t (gone integer, come integer DEFAULT 1,
    changed timestamptz DEFAULT clock_timestamp(), "null" text,
    serial integer, type text DEFAULT 'x'::varchar,
    same timestamptz DEFAULT '2025-01-01 10:00+00');
CREATE VIEW public.v AS SELECT 1 AS a;
ALTER VIEW public.v ALTER a SET DEFAULT 7;
