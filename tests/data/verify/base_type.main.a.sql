CREATE TYPE public.bt;
CREATE FUNCTION public.bt_in(cstring) RETURNS public.bt
    LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.bt_out(public.bt) RETURNS cstring
    LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION public.bt_out2(public.bt) RETURNS cstring
    LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION public.bt_recv(internal) RETURNS public.bt
    LANGUAGE internal STABLE STRICT AS 'textrecv';
CREATE FUNCTION public.bt_send(public.bt) RETURNS bytea
    LANGUAGE internal STABLE STRICT AS 'textsend';
CREATE TYPE public.bt (INPUT = public.bt_in, OUTPUT = public.bt_out);
CREATE TYPE public.fixed;
CREATE FUNCTION public.fixed_in(cstring) RETURNS public.fixed
    LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION public.fixed_out(public.fixed) RETURNS cstring
    LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE TYPE public.fixed (INPUT = public.fixed_in, OUTPUT = public.fixed_out,
    INTERNALLENGTH = 4, PASSEDBYVALUE);
CREATE TYPE public.shell;
CREATE TYPE public.waiting;
CREATE TABLE public.use (bt public.bt, many public.bt[]);
CREATE TYPE public.input;
CREATE FUNCTION public.input_in(cstring) RETURNS public.input
    LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.input_in2(cstring) RETURNS public.input
    LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.input_out(public.input) RETURNS cstring
    LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.defined;
CREATE FUNCTION public.defined_in(cstring) RETURNS public.defined
    LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.defined_out(public.defined) RETURNS cstring
    LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.input (INPUT = public.input_in, OUTPUT = public.input_out);
