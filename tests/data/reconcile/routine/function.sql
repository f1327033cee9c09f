--: expect function function.come(integer, text): added
--: expect function function.gone(): removed
--: expect function function.body(): definition
--: expect function function.result(): definition
--: expect function function.result(): result
--: expect function function.names(integer): definition
--: expect function function.names(integer): arguments
--: expect function function.attrs(): definition
--: expect function function.attrs(): volatility
--: expect function function.attrs(): strict
--: expect function function.attrs(): parallel
--: expect function function.attrs(): security_definer
--: expect function function.attrs(): cost
--: expect function function.attrs(): settings
--: left
CREATE FUNCTION gone() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION body() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION result() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE VIEW uses_result AS SELECT function.result()::text AS a;
COMMENT ON FUNCTION result() IS 'kept';
CREATE FUNCTION names(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION attrs() RETURNS integer LANGUAGE sql AS 'SELECT 1';
--: right
CREATE FUNCTION come(a integer, b text DEFAULT 'x') RETURNS SETOF integer
    LANGUAGE sql ROWS 5 AS 'SELECT 1';
CREATE FUNCTION body() RETURNS integer LANGUAGE sql AS $$SELECT '2;'::text; SELECT 3$$;
CREATE FUNCTION result() RETURNS bigint LANGUAGE sql AS 'SELECT 1';
CREATE VIEW uses_result AS SELECT function.result()::text AS a;
COMMENT ON FUNCTION result() IS 'kept';
CREATE FUNCTION names(b integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION attrs() RETURNS integer LANGUAGE sql IMMUTABLE STRICT
    PARALLEL SAFE SECURITY DEFINER COST 9 SET search_path = pg_catalog
    AS 'SELECT 1';
