--: expect aggregate aggregate.come(integer, text): added
--: expect aggregate aggregate.gone(*): removed
--: expect aggregate aggregate.initial(integer): definition
--: expect aggregate aggregate.names(integer): definition
--: expect aggregate aggregate.names(integer): arguments
--: expect aggregate aggregate.result(integer): definition
--: expect aggregate aggregate.result(integer): result
--: expect aggregate aggregate.to_function(integer): removed
--: expect function aggregate.to_function(integer): added
--: both
CREATE TABLE t (a integer);
CREATE FUNCTION add(integer, integer, text) RETURNS integer IMMUTABLE
    LANGUAGE sql AS 'SELECT 1';
--: left
CREATE AGGREGATE gone(*) (SFUNC = int8inc, STYPE = bigint,
    INITCOND = '0');
CREATE AGGREGATE initial(integer) (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE names(a integer) (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE result(integer) (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE to_function(integer) (SFUNC = int4pl, STYPE = integer);
COMMENT ON AGGREGATE result(integer) IS 'kept';
CREATE VIEW uses AS SELECT initial(a) AS i, result(a)::text AS r FROM t;
--: right
CREATE AGGREGATE come(a integer, b text) (SFUNC = add, STYPE = integer,
    INITCOND = '7');
CREATE AGGREGATE initial(integer) (SFUNC = int4pl, STYPE = integer,
    INITCOND = '1', PARALLEL = SAFE);
CREATE AGGREGATE names(b integer) (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE result(integer) (SFUNC = int4_avg_accum, STYPE = bigint[],
    FINALFUNC = int8_avg, INITCOND = '{0,0}');
CREATE FUNCTION to_function(integer) RETURNS integer LANGUAGE sql
    AS 'SELECT 1';
COMMENT ON AGGREGATE result(integer) IS 'kept';
CREATE VIEW uses AS SELECT initial(a) AS i, result(a)::text AS r FROM t;
