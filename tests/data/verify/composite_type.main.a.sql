CREATE DOMAIN public.citizen AS text;
CREATE TYPE public.t AS (gone text, type integer, coll text, same numeric(9, 2));
CREATE TYPE public.none AS ();
CREATE TYPE public.became_enum AS (a integer, b integer);
