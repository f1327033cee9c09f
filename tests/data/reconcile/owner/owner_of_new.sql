--: expect table owner_of_new.t: added
--: expect view owner_of_new.v: columns
--: expect view owner_of_new.v: definition
--: expect schema owner_new: added
--: expect function owner_of_new.f(): result
--: expect function owner_of_new.f(): definition
--: allow-back data-loss
--: both
CREATE TABLE base (a integer, b integer);
--: left
CREATE VIEW v AS SELECT a FROM base;
ALTER VIEW v OWNER TO pg_monitor;
GRANT SELECT ON v TO pg_signal_backend;
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
ALTER FUNCTION f OWNER TO pg_monitor;
REVOKE EXECUTE ON FUNCTION f FROM PUBLIC;
--: right
CREATE SCHEMA owner_new;
ALTER SCHEMA owner_new OWNER TO pg_monitor;
CREATE TABLE t (a integer);
ALTER TABLE t OWNER TO pg_monitor;
GRANT SELECT ON t TO PUBLIC;
GRANT UPDATE (a) ON t TO pg_signal_backend;
CREATE VIEW v AS SELECT b FROM base;
ALTER VIEW v OWNER TO pg_monitor;
GRANT SELECT ON v TO pg_signal_backend;
CREATE FUNCTION f() RETURNS text LANGUAGE sql AS 'SELECT ''1''';
ALTER FUNCTION f OWNER TO pg_monitor;
REVOKE EXECUTE ON FUNCTION f FROM PUBLIC;
