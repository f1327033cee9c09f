CREATE FUNCTION public.eq(integer, integer) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2';
CREATE FUNCTION public.eq2(integer, integer) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2';
CREATE FUNCTION public.eq3(integer, integer) RETURNS integer
    LANGUAGE sql IMMUTABLE AS 'SELECT $1 - $2';
CREATE FUNCTION public.neg(integer) RETURNS integer
    LANGUAGE sql IMMUTABLE AS 'SELECT -$1';
CREATE OPERATOR public.## (FUNCTION = public.eq, LEFTARG = integer,
    RIGHTARG = integer);
CREATE OPERATOR public.### (FUNCTION = public.eq, LEFTARG = integer,
    RIGHTARG = integer);
CREATE OPERATOR public.=== (FUNCTION = public.eq, LEFTARG = integer,
    RIGHTARG = integer);
CREATE OPERATOR public.!== (FUNCTION = public.eq, LEFTARG = integer,
    RIGHTARG = integer);
CREATE OPERATOR public.~~~ (FUNCTION = public.eq, LEFTARG = integer,
    RIGHTARG = integer);
CREATE OPERATOR public.@@@ (FUNCTION = public.neg, RIGHTARG = integer);
CREATE OPERATOR public.@@@ (FUNCTION = public.eq, LEFTARG = integer,
    RIGHTARG = integer);
