--: expect aggregate stays.ag(integer): added
--: expect composite-type stays.c: added
--: expect domain stays.d: added
--: expect enum stays.e: added
--: expect function stays.f(integer): added
--: expect materialized-view stays.m: added
--: expect procedure stays.p(integer): added
--: expect schema stays_more: added
--: expect schema stays_same: added
--: expect sequence stays.t_b_seq: added
--: expect table stays.less: added
--: expect table stays.owned: added
--: expect table stays.same: added
--: expect table stays.t: added
--: expect view stays.v: definition
--: allow-back data-loss
--: both
ALTER DEFAULT PRIVILEGES IN SCHEMA stays GRANT SELECT ON TABLES TO pg_monitor;
ALTER DEFAULT PRIVILEGES IN SCHEMA stays GRANT USAGE ON SEQUENCES TO pg_monitor;
ALTER DEFAULT PRIVILEGES IN SCHEMA stays GRANT EXECUTE ON FUNCTIONS TO pg_monitor;
ALTER DEFAULT PRIVILEGES IN SCHEMA stays GRANT USAGE ON TYPES TO pg_monitor;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE USAGE ON TYPES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT USAGE, CREATE ON SCHEMAS TO pg_monitor;
ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO pg_read_all_stats WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES REVOKE TRUNCATE ON TABLES FROM CURRENT_USER;
CREATE TABLE remade (a integer, b integer);
REVOKE ALL ON remade FROM pg_monitor;
CREATE FUNCTION older(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
REVOKE ALL ON FUNCTION older(integer) FROM pg_monitor;
GRANT EXECUTE ON FUNCTION older(integer) TO PUBLIC;
--: left
CREATE VIEW v AS SELECT a FROM remade;
REVOKE ALL ON v FROM pg_monitor;
--: right
CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY, b serial);
REVOKE ALL ON t FROM pg_monitor;
REVOKE ALL ON t FROM pg_read_all_stats;
GRANT ALL ON t TO CURRENT_USER;
REVOKE ALL ON SEQUENCE t_a_seq FROM pg_monitor;
CREATE TABLE same (a integer);
CREATE TABLE less (a integer);
REVOKE ALL ON less FROM pg_read_all_stats;
GRANT SELECT, INSERT ON less TO pg_read_all_stats;
CREATE TABLE owned (a integer);
ALTER TABLE owned OWNER TO pg_monitor;
CREATE VIEW v AS SELECT b AS a FROM remade;
REVOKE ALL ON v FROM pg_monitor;
CREATE MATERIALIZED VIEW m AS SELECT a FROM remade;
REVOKE ALL ON m FROM pg_read_all_stats;
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
REVOKE ALL ON FUNCTION f(integer) FROM pg_monitor;
GRANT EXECUTE ON FUNCTION f(integer) TO PUBLIC;
CREATE PROCEDURE p(integer) LANGUAGE sql AS 'SELECT 1';
REVOKE ALL ON PROCEDURE p(integer) FROM pg_monitor;
CREATE AGGREGATE ag(integer) (sfunc = int4pl, stype = integer);
REVOKE ALL ON FUNCTION ag(integer) FROM pg_monitor;
CREATE TYPE e AS ENUM ('a');
GRANT USAGE ON TYPE e TO PUBLIC;
CREATE TYPE c AS (a integer);
REVOKE ALL ON TYPE c FROM pg_monitor;
CREATE DOMAIN d AS integer;
CREATE SCHEMA stays_more;
REVOKE ALL ON SCHEMA stays_more FROM pg_monitor;
CREATE SCHEMA stays_same;
