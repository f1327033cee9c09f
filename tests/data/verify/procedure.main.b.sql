SET check_function_bodies = off;
CREATE PROCEDURE public.body() LANGUAGE sql AS 'SELECT 2';
CREATE PROCEDURE public.lang() LANGUAGE plpgsql AS 'SELECT 1';
CREATE PROCEDURE public.secdef() LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
CREATE PROCEDURE public.settings() LANGUAGE sql SET work_mem = '1MB'
    AS 'SELECT 1';
CREATE FUNCTION public.gone(integer, text) RETURNS integer
    LANGUAGE sql AS 'SELECT 1';
