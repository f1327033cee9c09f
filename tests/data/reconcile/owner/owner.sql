--: expect owner table owner.come: added
--: expect owner table owner.gone: removed
--: expect owner table owner.other: owner
--: expect owner table owner.parts: added
--: expect owner schema owner_schema: added
--: expect owner view owner.v: added
--: expect owner materialized-view owner.m: added
--: expect owner sequence owner.s: owner
--: expect owner function owner.f(integer, text): added
--: expect owner procedure owner.p(): added
--: expect owner enum owner.color: added
--: expect owner composite-type owner.pair: added
--: expect owner domain owner.d: owner
--: expect owner range-type owner.r: removed
--: expect owner statistics owner.st: added
--: both
CREATE SCHEMA owner_schema;
CREATE TABLE come (a integer, b integer);
CREATE TABLE gone (a integer);
CREATE TABLE other (a integer);
CREATE TABLE parts (a integer GENERATED ALWAYS AS IDENTITY, b serial PRIMARY KEY) PARTITION BY RANGE (b);
CREATE VIEW v AS SELECT a FROM come;
CREATE MATERIALIZED VIEW m AS SELECT a FROM come;
CREATE SEQUENCE s;
CREATE FUNCTION f(a integer, b text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1';
CREATE TYPE color AS ENUM ('red');
CREATE TYPE pair AS (a integer);
CREATE DOMAIN d AS integer;
CREATE TYPE r AS RANGE (subtype = integer);
CREATE STATISTICS st ON a, b FROM come;
--: left
ALTER TABLE gone OWNER TO pg_monitor;
ALTER TABLE other OWNER TO pg_monitor;
ALTER SEQUENCE s OWNER TO pg_monitor;
ALTER DOMAIN d OWNER TO pg_monitor;
ALTER TYPE r OWNER TO pg_monitor;
--: right
ALTER TABLE come OWNER TO pg_monitor;
ALTER TABLE other OWNER TO pg_signal_backend;
ALTER TABLE parts OWNER TO pg_monitor;
ALTER SCHEMA owner_schema OWNER TO pg_monitor;
ALTER VIEW v OWNER TO pg_monitor;
ALTER MATERIALIZED VIEW m OWNER TO pg_monitor;
ALTER SEQUENCE s OWNER TO pg_signal_backend;
ALTER FUNCTION f OWNER TO pg_monitor;
ALTER PROCEDURE p OWNER TO pg_monitor;
ALTER TYPE color OWNER TO pg_monitor;
ALTER TYPE pair OWNER TO pg_monitor;
ALTER DOMAIN d OWNER TO pg_signal_backend;
ALTER STATISTICS st OWNER TO pg_monitor;
