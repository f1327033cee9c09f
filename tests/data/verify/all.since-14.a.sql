CREATE SCHEMA base_type;
CREATE TYPE base_type.fixed;
CREATE FUNCTION base_type.fixed_in(cstring) RETURNS base_type.fixed
    LANGUAGE internal IMMUTABLE STRICT AS 'point_in';
CREATE FUNCTION base_type.fixed_out(base_type.fixed) RETURNS cstring
    LANGUAGE internal IMMUTABLE STRICT AS 'point_out';
CREATE TYPE base_type.fixed (INPUT = base_type.fixed_in, OUTPUT = base_type.fixed_out,
    INTERNALLENGTH = 16);

CREATE SCHEMA columns;
CREATE TABLE columns.t (c text);

CREATE SCHEMA function;
CREATE FUNCTION function.f() RETURNS integer RETURN 1;
CREATE FUNCTION function.same() RETURNS integer
    BEGIN ATOMIC SELECT 1; SELECT 2; END;

CREATE SCHEMA materialized_view;
CREATE MATERIALIZED VIEW materialized_view.m AS SELECT 'x'::text AS a;

CREATE SCHEMA partition;
CREATE TABLE partition.p (a integer) PARTITION BY RANGE (a);
CREATE TABLE partition.p1 PARTITION OF partition.p FOR VALUES FROM (1) TO (9);

CREATE SCHEMA procedure;
SET check_function_bodies = off;
CREATE PROCEDURE procedure.arguments(x integer) LANGUAGE sql AS 'SELECT 1';

CREATE SCHEMA range_type;
CREATE FUNCTION range_type.less(float8, float8) RETURNS float8
    LANGUAGE sql IMMUTABLE AS 'SELECT $1 - $2';
CREATE TYPE range_type.subtype AS RANGE (SUBTYPE = integer);
CREATE TYPE range_type.opclass AS RANGE (SUBTYPE = text);
CREATE TYPE range_type.coll AS RANGE (SUBTYPE = text);
CREATE TYPE range_type.diff AS RANGE (SUBTYPE = float8);
CREATE TYPE range_type.gone AS RANGE (SUBTYPE = float8);
CREATE TYPE range_type.same AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi);

CREATE SCHEMA statistics;
CREATE TABLE statistics.t (a integer, b integer);
CREATE STATISTICS statistics.s ON (a + 1), b FROM statistics.t;
