CREATE TYPE public.e AS ENUM ('a');
CREATE TYPE public.f AS ENUM ('a');
CREATE FUNCTION public.e_recv(internal) RETURNS public.e
    LANGUAGE internal IMMUTABLE AS 'enum_recv';
CREATE TRANSFORM FOR public.e LANGUAGE plpgsql
    (FROM SQL WITH FUNCTION varchar_support(internal));
CREATE TRANSFORM FOR public.f LANGUAGE plpgsql
    (FROM SQL WITH FUNCTION varchar_support(internal));
