--: expect privilege table granted_on.gone TO pg_monitor: removed
--: expect privilege table granted_on.less TO pg_monitor: grantable
--: expect privilege table granted_on.less TO pg_monitor: privileges
--: expect privilege table granted_on.beside TO pg_monitor: privileges
--: expect privilege sequence granted_on.s TO pg_monitor: removed
--: expect privilege function granted_on.f(integer) TO pg_monitor: removed
--: expect privilege schema granted_on_schema TO pg_monitor: grantable
--: expect privilege domain granted_on.d TO pg_monitor: removed
--: expect column-privilege column granted_on.columns.a TO pg_monitor: removed
--: expect column-privilege column granted_on.columns.b TO pg_monitor: grantable
--: expect column-privilege column granted_on.columns.c TO pg_read_server_files: privileges
--: both
CREATE SCHEMA granted_on_schema;
CREATE TABLE gone (a integer);
CREATE TABLE less (a integer, b integer);
CREATE TABLE beside (a integer, b integer);
CREATE TABLE columns (a integer, b integer, c integer);
CREATE SEQUENCE s;
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE DOMAIN d AS integer;
REVOKE ALL ON FUNCTION f FROM PUBLIC;
REVOKE ALL ON TYPE d FROM PUBLIC;
GRANT USAGE ON SCHEMA granted_on TO pg_monitor, pg_read_server_files;
--: left
GRANT SELECT, INSERT ON gone TO pg_monitor WITH GRANT OPTION;
GRANT SELECT, UPDATE ON less TO pg_monitor WITH GRANT OPTION;
GRANT UPDATE (a) ON beside TO pg_monitor WITH GRANT OPTION;
GRANT DELETE, INSERT ON beside TO pg_monitor;
GRANT SELECT (a), SELECT (b) ON columns TO pg_monitor WITH GRANT OPTION;
GRANT USAGE ON SEQUENCE s TO pg_monitor WITH GRANT OPTION;
GRANT EXECUTE ON FUNCTION f TO pg_monitor WITH GRANT OPTION;
GRANT USAGE ON SCHEMA granted_on_schema TO pg_monitor WITH GRANT OPTION;
GRANT USAGE ON DOMAIN d TO pg_monitor WITH GRANT OPTION;
SET ROLE pg_monitor;
GRANT SELECT ON gone TO PUBLIC;
GRANT SELECT, INSERT ON gone TO pg_read_server_files WITH GRANT OPTION;
GRANT SELECT ON less TO "pg_signal_backend";
GRANT UPDATE (a) ON beside TO pg_read_server_files WITH GRANT OPTION;
GRANT SELECT (a) ON columns TO PUBLIC, pg_read_server_files;
GRANT SELECT (b) ON columns TO pg_read_server_files;
GRANT USAGE ON SEQUENCE s TO pg_read_server_files;
GRANT EXECUTE ON FUNCTION f TO pg_read_server_files;
GRANT USAGE ON SCHEMA granted_on_schema TO pg_read_server_files;
GRANT USAGE ON DOMAIN d TO pg_read_server_files;
RESET ROLE;
SET ROLE pg_read_server_files;
GRANT INSERT ON gone TO pg_signal_backend;
RESET ROLE;
GRANT SELECT (c) ON columns TO pg_read_server_files;
--: right
GRANT SELECT ON gone TO PUBLIC;
GRANT SELECT, INSERT ON gone TO pg_read_server_files WITH GRANT OPTION;
GRANT INSERT ON gone TO pg_signal_backend;
GRANT SELECT ON less TO pg_monitor;
GRANT SELECT ON less TO "pg_signal_backend";
GRANT UPDATE (a) ON beside TO pg_monitor WITH GRANT OPTION;
GRANT UPDATE (a) ON beside TO pg_read_server_files WITH GRANT OPTION;
GRANT INSERT ON beside TO pg_monitor;
GRANT SELECT (b) ON columns TO pg_monitor;
GRANT SELECT (a) ON columns TO PUBLIC, pg_read_server_files;
GRANT SELECT (b), SELECT (c), UPDATE (c) ON columns TO pg_read_server_files;
GRANT USAGE ON SEQUENCE s TO pg_read_server_files;
GRANT EXECUTE ON FUNCTION f TO pg_read_server_files;
GRANT USAGE ON SCHEMA granted_on_schema TO pg_monitor;
GRANT USAGE ON SCHEMA granted_on_schema TO pg_read_server_files;
GRANT USAGE ON DOMAIN d TO pg_read_server_files;
