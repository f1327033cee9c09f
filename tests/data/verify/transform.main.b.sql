CREATE TYPE public.e AS ENUM ('a');
CREATE TYPE public.f AS ENUM ('a');
CREATE FUNCTION public.e_recv(internal) RETURNS public.e
    LANGUAGE internal IMMUTABLE AS 'enum_recv';
CREATE TRANSFORM FOR public.e LANGUAGE plpgsql
    (FROM SQL WITH FUNCTION numeric_support(internal),
     TO SQL WITH FUNCTION public.e_recv(internal));
