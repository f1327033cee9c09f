CREATE SCHEMA base_type;
CREATE TYPE base_type.fixed;
CREATE FUNCTION base_type.fixed_in(cstring) RETURNS base_type.fixed
    LANGUAGE internal IMMUTABLE STRICT AS 'point_in';
CREATE FUNCTION base_type.fixed_out(base_type.fixed) RETURNS cstring
    LANGUAGE internal IMMUTABLE STRICT AS 'point_out';
CREATE TYPE base_type.fixed (INPUT = base_type.fixed_in, OUTPUT = base_type.fixed_out,
    INTERNALLENGTH = 16, ELEMENT = float8);

CREATE SCHEMA columns;
CREATE TABLE columns.t (c text COMPRESSION pglz);

CREATE SCHEMA function;
CREATE FUNCTION function.f() RETURNS integer RETURN 2;
CREATE FUNCTION function.same() RETURNS integer
    BEGIN ATOMIC SELECT 1; SELECT 2; END;

CREATE SCHEMA materialized_view;
CREATE MATERIALIZED VIEW materialized_view.m AS SELECT 'x'::text AS a;
ALTER MATERIALIZED VIEW materialized_view.m ALTER a SET COMPRESSION pglz;

CREATE SCHEMA partition;
-- As DETACH CONCURRENTLY leaves it when it is interrupted.
CREATE TABLE partition.p (a integer) PARTITION BY RANGE (a);
CREATE TABLE partition.p1 PARTITION OF partition.p FOR VALUES FROM (1) TO (9);
SET allow_system_table_mods = on;
UPDATE pg_catalog.pg_inherits SET inhdetachpending = true;

CREATE SCHEMA procedure;
SET check_function_bodies = off;
CREATE PROCEDURE procedure.arguments(y integer) LANGUAGE sql AS 'SELECT 1';

CREATE SCHEMA range_type;
CREATE FUNCTION range_type.less(float8, float8) RETURNS float8
    LANGUAGE sql IMMUTABLE AS 'SELECT $1 - $2';
CREATE TYPE range_type.subtype AS RANGE (SUBTYPE = bigint);
CREATE TYPE range_type.opclass AS RANGE (SUBTYPE = text,
    SUBTYPE_OPCLASS = text_pattern_ops);
CREATE TYPE range_type.coll AS RANGE (SUBTYPE = text, COLLATION = "C");
CREATE TYPE range_type.diff AS RANGE (SUBTYPE = float8,
    SUBTYPE_DIFF = range_type.less);
CREATE TYPE range_type.same AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi);

CREATE SCHEMA statistics;
CREATE TABLE statistics.t (a integer, b integer);
CREATE STATISTICS statistics.s ON (a + 2), b FROM statistics.t;
