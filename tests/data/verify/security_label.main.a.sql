-- No provider is at hand: the rows are written by hand.
CREATE SCHEMA app;
CREATE TABLE app.t (a integer, "B b" integer);
CREATE VIEW app.v AS SELECT 1 AS a;
CREATE TYPE app.e AS ENUM ('a');
CREATE TYPE app.c AS (x integer);
CREATE FUNCTION app.f(text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE PUBLICATION p;
SET allow_system_table_mods = on;
INSERT INTO pg_catalog.pg_seclabel VALUES
    ('app'::regnamespace, 'pg_namespace'::regclass, 0, 'dummy', 'a'),
    ('app.t'::regclass, 'pg_class'::regclass, 0, 'dummy', 'a'),
    ('app.t'::regclass, 'pg_class'::regclass, 0, 'other', 'a'),
    ('app.t'::regclass, 'pg_class'::regclass, 2, 'dummy', 'it''s a'),
    ('app.v'::regclass, 'pg_class'::regclass, 1, 'dummy', 'a'),
    ('app.e'::regtype, 'pg_type'::regclass, 0, 'dummy', 'a'),
    ('app.c'::regtype, 'pg_type'::regclass, 0, 'dummy', 'a'),
    ('app.f(text)'::regprocedure, 'pg_proc'::regclass, 0, 'dummy', 'a');
INSERT INTO pg_catalog.pg_seclabel
    SELECT oid, 'pg_publication'::regclass, 0, 'dummy', 'a'
      FROM pg_catalog.pg_publication;
