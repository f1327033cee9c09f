CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql
    AS 'BEGIN RETURN NEW; END';
CREATE FOREIGN DATA WRAPPER validator VALIDATOR postgresql_fdw_validator;
CREATE FOREIGN DATA WRAPPER options OPTIONS (two '2', one 'x');
CREATE FOREIGN DATA WRAPPER secrets OPTIONS (secret 'x');
CREATE SERVER secrets FOREIGN DATA WRAPPER options
    OPTIONS (token 'y', secret 'y');
CREATE USER MAPPING FOR pg_monitor SERVER secrets;
CREATE EXTENSION file_fdw;
CREATE FOREIGN DATA WRAPPER handler HANDLER public.file_fdw_handler;
CREATE SERVER wrapper FOREIGN DATA WRAPPER validator;
CREATE SERVER type TYPE 'b' FOREIGN DATA WRAPPER options;
CREATE SERVER version VERSION '1.0' FOREIGN DATA WRAPPER options;
CREATE SERVER options FOREIGN DATA WRAPPER options
    OPTIONS (host 'b', port '1', secret 'two');
CREATE SERVER other FOREIGN DATA WRAPPER options;
CREATE USER MAPPING FOR PUBLIC SERVER options
    OPTIONS (username 'b', password 'two');
CREATE USER MAPPING FOR pg_read_all_stats SERVER options;
CREATE FOREIGN TABLE public.server (a integer) SERVER other;
CREATE FOREIGN TABLE public.options (a integer) SERVER options
    OPTIONS (name 'b', "Other" 'x');
CREATE FOREIGN TABLE public.columns (
    a bigint OPTIONS (name 'b'),
    b text DEFAULT 'y',
    come text,
    CONSTRAINT positive CHECK (a >= 0)
) SERVER options;
CREATE TRIGGER tg BEFORE UPDATE ON public.columns
    FOR EACH ROW EXECUTE FUNCTION public.f();
CREATE TABLE public.p (a integer) PARTITION BY RANGE (a);
CREATE FOREIGN TABLE public.part PARTITION OF public.p
    FOR VALUES FROM (1) TO (3) SERVER options;
CREATE TABLE public.i (a integer);
CREATE FOREIGN TABLE public.child () INHERITS (public.i) SERVER options;
ALTER FOREIGN TABLE public.child NO INHERIT public.i;
