SET check_function_bodies = off;
CREATE FUNCTION public.body(x integer) RETURNS integer
    LANGUAGE sql AS 'SELECT x + 1';
CREATE FUNCTION public.name(y integer) RETURNS integer
    LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION public.default(x integer DEFAULT 1) RETURNS integer
    LANGUAGE sql AS 'SELECT x';
CREATE FUNCTION public.result(OUT a integer, OUT b bigint)
    LANGUAGE sql AS 'SELECT 1, 2';
CREATE FUNCTION public.win() RETURNS bigint
    LANGUAGE internal WINDOW AS 'window_row_number';
CREATE FUNCTION public.lang() RETURNS integer
    LANGUAGE plpgsql AS 'SELECT 1';
CREATE FUNCTION public.volatility() RETURNS integer
    LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE FUNCTION public.parallel() RETURNS integer
    LANGUAGE sql PARALLEL SAFE AS 'SELECT 1';
CREATE FUNCTION public.strict() RETURNS integer
    LANGUAGE sql STRICT AS 'SELECT 1';
CREATE FUNCTION public.leakproof() RETURNS integer
    LANGUAGE sql LEAKPROOF AS 'SELECT 1';
CREATE FUNCTION public.cost() RETURNS integer
    LANGUAGE sql COST 7 AS 'SELECT 1';
CREATE FUNCTION public.rows() RETURNS SETOF integer
    LANGUAGE sql ROWS 7 AS 'SELECT 1';
CREATE FUNCTION public.secdef() RETURNS integer
    LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
CREATE FUNCTION public.settings() RETURNS integer
    LANGUAGE sql SET search_path = 'public', 'pg_temp' AS 'SELECT 1';
CREATE FUNCTION public.overload(integer) RETURNS integer
    LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION public.overload(text, text) RETURNS integer
    LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION public.same("A b" integer DEFAULT 1, VARIADIC v text[] DEFAULT '{}')
    RETURNS TABLE (x integer, y text)
    LANGUAGE plpgsql SET search_path = 'public', 'pg_temp' AS
    $$ BEGIN RETURN; END $$;
CREATE FUNCTION public.returns() RETURNS bigint LANGUAGE sql AS 'SELECT 1';
