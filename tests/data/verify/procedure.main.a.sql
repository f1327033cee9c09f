SET check_function_bodies = off;
CREATE PROCEDURE public.body() LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE public.lang() LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE public.secdef() LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE public.settings() LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE public.gone(integer, text) LANGUAGE sql AS 'SELECT 1';
