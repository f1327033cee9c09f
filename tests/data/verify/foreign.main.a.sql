CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql
    AS 'BEGIN RETURN NEW; END';
CREATE FOREIGN DATA WRAPPER validator;
CREATE FOREIGN DATA WRAPPER options OPTIONS (one '1', two '2');
CREATE FOREIGN DATA WRAPPER secrets;
CREATE SERVER secrets FOREIGN DATA WRAPPER options OPTIONS (token 'x');
CREATE USER MAPPING FOR pg_monitor SERVER secrets OPTIONS (password 'x');
CREATE FOREIGN DATA WRAPPER "Gone";
CREATE EXTENSION file_fdw;
CREATE FOREIGN DATA WRAPPER handler;
CREATE SERVER wrapper FOREIGN DATA WRAPPER options;
CREATE SERVER type TYPE 'a' FOREIGN DATA WRAPPER options;
CREATE SERVER version FOREIGN DATA WRAPPER options;
CREATE SERVER options FOREIGN DATA WRAPPER options
    OPTIONS (host 'it''s a', secret 'one');
CREATE SERVER gone FOREIGN DATA WRAPPER options;
CREATE SERVER other FOREIGN DATA WRAPPER options;
CREATE USER MAPPING FOR PUBLIC SERVER gone;
CREATE USER MAPPING FOR PUBLIC SERVER options
    OPTIONS (username 'a', password 'one');
CREATE USER MAPPING FOR pg_monitor SERVER options;
CREATE FOREIGN TABLE public.server (a integer) SERVER options;
CREATE FOREIGN TABLE public.options (a integer) SERVER options
    OPTIONS (name 'a');
CREATE FOREIGN TABLE public.columns (
    a integer OPTIONS (name 'a') NOT NULL,
    b text DEFAULT 'x',
    gone text,
    CONSTRAINT positive CHECK (a > 0)
) SERVER options;
CREATE TRIGGER tg BEFORE INSERT ON public.columns
    FOR EACH ROW EXECUTE FUNCTION public.f();
CREATE STATISTICS public.st ON a, b FROM public.columns;
CREATE TABLE public.p (a integer) PARTITION BY RANGE (a);
CREATE FOREIGN TABLE public.part PARTITION OF public.p
    FOR VALUES FROM (1) TO (2) SERVER options;
CREATE TABLE public.i (a integer);
CREATE FOREIGN TABLE public.child () INHERITS (public.i) SERVER options;
CREATE FOREIGN TABLE public.gone (a integer DEFAULT 1 CHECK (a > 0))
    SERVER options;
