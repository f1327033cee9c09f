--: expect privilege table privilege.lost TO pg_monitor: removed
--: expect privilege table privilege.added TO pg_monitor: added
--: expect privilege table privilege.more TO pg_monitor: privileges
--: expect privilege table privilege.public TO PUBLIC: added
--: expect privilege table privilege.withoption TO pg_monitor: grantable
--: expect privilege table privilege.someoption TO pg_monitor: grantable
--: expect privilege table privilege.someoption TO pg_monitor: privileges
--: expect privilege table privilege.own TO CURRENT_USER: added
--: expect privilege table privilege.whole TO pg_monitor: privileges
--: expect privilege view privilege.v TO pg_monitor: added
--: expect privilege materialized-view privilege.m TO pg_monitor: added
--: expect privilege sequence privilege.s TO pg_monitor: privileges
--: expect privilege function privilege.f(integer, text) TO PUBLIC: added
--: expect privilege function privilege.f(integer, text) TO pg_monitor: added
--: expect privilege procedure privilege.p() TO PUBLIC: removed
--: expect privilege enum privilege.color TO PUBLIC: added
--: expect privilege domain privilege.d TO pg_monitor: added
--: expect privilege schema privilege_schema TO pg_monitor: privileges
--: expect privilege schema privilege_schema TO PUBLIC: added
--: expect privilege language plpgsql TO PUBLIC: added
--: both
CREATE SCHEMA privilege_schema;
CREATE TABLE lost (a integer);
CREATE TABLE added (a integer);
CREATE TABLE more (a integer);
CREATE TABLE public (a integer);
CREATE TABLE withoption (a integer);
CREATE TABLE someoption (a integer);
CREATE TABLE own (a integer);
CREATE TABLE whole (a integer);
CREATE VIEW v AS SELECT 1 AS a;
CREATE MATERIALIZED VIEW m AS SELECT 1 AS a;
CREATE SEQUENCE s;
CREATE FUNCTION f(a integer, b text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1';
CREATE TYPE color AS ENUM ('red');
CREATE DOMAIN d AS integer;
--: left
GRANT SELECT, INSERT ON lost TO pg_monitor;
GRANT SELECT ON more TO pg_monitor;
GRANT SELECT ON withoption TO pg_monitor;
GRANT SELECT, DELETE ON someoption TO pg_monitor WITH GRANT OPTION;
GRANT ALL ON whole TO pg_monitor;
GRANT SELECT ON SEQUENCE s TO pg_monitor;
REVOKE EXECUTE ON PROCEDURE p FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA privilege_schema TO pg_monitor;
--: right
GRANT ALL ON added TO pg_monitor;
GRANT SELECT, INSERT, TRIGGER ON more TO pg_monitor;
GRANT SELECT ON public TO PUBLIC;
GRANT SELECT ON withoption TO pg_monitor WITH GRANT OPTION;
GRANT SELECT ON someoption TO pg_monitor WITH GRANT OPTION;
GRANT UPDATE ON someoption TO pg_monitor;
REVOKE DELETE, TRUNCATE ON own FROM CURRENT_USER;
GRANT SELECT, REFERENCES ON whole TO pg_monitor;
GRANT SELECT ON v TO pg_monitor;
GRANT SELECT ON m TO pg_monitor;
GRANT USAGE ON SEQUENCE s TO pg_monitor;
REVOKE EXECUTE ON FUNCTION f FROM PUBLIC;
GRANT EXECUTE ON FUNCTION f TO pg_monitor WITH GRANT OPTION;
REVOKE USAGE ON TYPE color FROM PUBLIC;
GRANT USAGE ON DOMAIN d TO pg_monitor;
GRANT USAGE ON SCHEMA privilege_schema TO pg_monitor;
GRANT USAGE ON SCHEMA privilege_schema TO PUBLIC;
REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;
