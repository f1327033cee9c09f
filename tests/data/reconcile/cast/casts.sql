--: expect cast (casts.e AS integer): added
--: expect cast (casts.f AS integer): removed
--: expect cast (casts.g AS integer): context
--: expect cast (casts.g AS integer): function
--: expect cast (text AS casts.e): context
--: expect function casts.other(casts.g): added
--: both
CREATE TYPE e AS ENUM ('a');
CREATE TYPE f AS ENUM ('a');
CREATE TYPE g AS ENUM ('a');
CREATE FUNCTION of_e(e) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION of_f(f) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION of_g(g) RETURNS integer LANGUAGE sql AS 'SELECT 1';
--: left
CREATE CAST (f AS integer) WITH FUNCTION of_f(f);
CREATE CAST (g AS integer) WITH FUNCTION of_g(g) AS ASSIGNMENT;
CREATE CAST (text AS e) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (text AS e) IS 'kept';
--: right
CREATE FUNCTION other(g) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE CAST (e AS integer) WITH FUNCTION of_e(e) AS IMPLICIT;
CREATE CAST (g AS integer) WITH FUNCTION other(g);
CREATE CAST (text AS e) WITH INOUT AS IMPLICIT;
COMMENT ON CAST (text AS e) IS 'kept';
