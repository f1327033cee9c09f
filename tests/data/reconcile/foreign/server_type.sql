--: expect server server_type_server: type
--: expect server server_type_wrapper: wrapper
--: expect foreign-table server_type.other: server
--: allow data-loss
--: allow-back data-loss
--: both
CREATE FOREIGN DATA WRAPPER server_type_one;
CREATE FOREIGN DATA WRAPPER server_type_two;
--: left
CREATE SERVER server_type_server TYPE 'a' FOREIGN DATA WRAPPER server_type_one;
CREATE USER MAPPING FOR PUBLIC SERVER server_type_server OPTIONS (a 'b');
CREATE FOREIGN TABLE t (a integer) SERVER server_type_server;
CREATE VIEW v AS SELECT a FROM t;
COMMENT ON SERVER server_type_server IS 'kept';
GRANT USAGE ON FOREIGN SERVER server_type_server TO pg_monitor;
GRANT SELECT ON v TO pg_monitor;
CREATE SERVER server_type_wrapper FOREIGN DATA WRAPPER server_type_one;
CREATE FOREIGN TABLE other (a integer NOT NULL) SERVER server_type_server;
--: right
CREATE SERVER server_type_server TYPE 'b' FOREIGN DATA WRAPPER server_type_one;
CREATE USER MAPPING FOR PUBLIC SERVER server_type_server OPTIONS (a 'b');
CREATE FOREIGN TABLE t (a integer) SERVER server_type_server;
CREATE VIEW v AS SELECT a FROM t;
COMMENT ON SERVER server_type_server IS 'kept';
GRANT USAGE ON FOREIGN SERVER server_type_server TO pg_monitor;
GRANT SELECT ON v TO pg_monitor;
CREATE SERVER server_type_wrapper FOREIGN DATA WRAPPER server_type_two;
CREATE FOREIGN TABLE other (a integer NOT NULL) SERVER server_type_wrapper;
