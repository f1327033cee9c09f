SET check_function_bodies = off;
CREATE FUNCTION public.body(x integer) RETURNS integer
    LANGUAGE sql AS 'SELECT x';
CREATE FUNCTION public.name(x integer) RETURNS integer
    LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION public.default(x integer) RETURNS integer
    LANGUAGE sql AS 'SELECT x';
CREATE FUNCTION public.result(OUT a integer, OUT b integer)
    LANGUAGE sql AS 'SELECT 1, 2';
CREATE FUNCTION public.win() RETURNS bigint
    LANGUAGE internal AS 'window_row_number';
CREATE FUNCTION public.lang() RETURNS integer
    LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION public.volatility() RETURNS integer
    LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION public.parallel() RETURNS integer
    LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION public.strict() RETURNS integer
    LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION public.leakproof() RETURNS integer
    LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION public.cost() RETURNS integer
    LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION public.rows() RETURNS SETOF integer
    LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION public.secdef() RETURNS integer
    LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION public.settings() RETURNS integer
    LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION public.overload(integer) RETURNS integer
    LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION public.overload(text) RETURNS integer
    LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION public.same("A b" integer DEFAULT 1, VARIADIC v text[] DEFAULT '{}')
    RETURNS TABLE (x integer, y text)
    LANGUAGE plpgsql SET search_path = 'public', 'pg_temp' AS
    $$ BEGIN RETURN; END $$;
CREATE FUNCTION public.returns() RETURNS integer LANGUAGE sql AS 'SELECT 1';
