CREATE TYPE public.e AS ENUM ('a');
CREATE TYPE public.c AS (x integer);
CREATE FUNCTION public.e_int(public.e) RETURNS integer
    LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE FUNCTION public.e_int2(public.e) RETURNS integer
    LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE FUNCTION public.e_bigint(public.e, integer, boolean) RETURNS bigint
    LANGUAGE sql IMMUTABLE AS 'SELECT 1::bigint';
CREATE CAST (public.e AS integer) WITH FUNCTION public.e_int(public.e);
CREATE CAST (public.e AS bigint) WITH INOUT;
CREATE CAST (public.e AS varchar) WITH INOUT;
CREATE CAST (public.c AS integer) WITH INOUT;
CREATE CAST (public.c AS text) WITH INOUT AS IMPLICIT;
CREATE DOMAIN public.d AS integer;
CREATE TYPE public.r AS RANGE (SUBTYPE = integer);
