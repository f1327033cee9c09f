--: expect column both_ways.base.c: added
--: expect constraint both_ways.base.base_c_key: added
--: expect default-privilege FOR ROLE CURRENT_USER IN SCHEMA both_ways ON FUNCTIONS TO pg_signal_backend: added
--: expect default-privilege FOR ROLE CURRENT_USER IN SCHEMA both_ways ON TABLES TO pg_monitor: removed
--: expect default-privilege FOR ROLE CURRENT_USER IN SCHEMA both_ways ON TABLES TO pg_signal_backend: privileges
--: expect default-privilege FOR ROLE CURRENT_USER IN SCHEMA both_ways ON TABLES TO pg_signal_backend: grantable
--: expect function both_ways.f(): added
--: expect privilege view both_ways.vo TO pg_signal_backend: privileges
--: expect privilege view both_ways.vo TO pg_signal_backend: grantable
--: expect table both_ways.old: removed
--: expect table both_ways.young: added
--: expect view both_ways.vo: columns
--: expect view both_ways.vo: definition
--: allow data-loss
--: allow-back data-loss
--: both
CREATE TABLE base (a integer PRIMARY KEY, b integer);
--: left
ALTER DEFAULT PRIVILEGES IN SCHEMA both_ways GRANT SELECT ON TABLES TO pg_monitor;
ALTER DEFAULT PRIVILEGES IN SCHEMA both_ways GRANT SELECT, INSERT ON TABLES TO pg_signal_backend;
CREATE TABLE old (a integer);
CREATE VIEW vo AS SELECT a, b FROM base;
REVOKE ALL ON vo FROM pg_monitor;
--: right
ALTER TABLE base ADD c integer UNIQUE;
ALTER DEFAULT PRIVILEGES IN SCHEMA both_ways GRANT SELECT, DELETE ON TABLES TO pg_signal_backend WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES IN SCHEMA both_ways GRANT EXECUTE ON FUNCTIONS TO pg_signal_backend;
CREATE TABLE young (a integer);
REVOKE ALL ON young FROM pg_signal_backend;
CREATE VIEW vo AS SELECT b, a FROM base;
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
REVOKE ALL ON FUNCTION f() FROM pg_signal_backend;
