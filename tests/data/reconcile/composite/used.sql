--: expect attribute used.c.a: type
--: expect column used.typed.a: type
--: expect default used.t.def: definition
--: expect view used.v: columns
--: allow rewrite
--: allow-back data-loss rewrite
--: keep SELECT id, (c).b, (c).t, (arr[1]).b, (nest).inner_one FROM used.t ORDER BY id
--: both
CREATE TABLE holder (id integer);
--: left
CREATE TYPE c AS (a integer, b text, t text);
CREATE TYPE n AS (x integer, inner_one c);
CREATE DOMAIN dc AS c CHECK ((VALUE).b <> 'no');
CREATE TABLE t (id integer PRIMARY KEY, c c, arr c[], nest n, d dc, def c DEFAULT ROW(1, 'x', 'y'));
COMMENT ON TYPE c IS 'kept';
CREATE INDEX i ON t (((c).b));
CREATE VIEW v AS SELECT (c).a AS a, c FROM t;
CREATE TABLE typed OF c;
INSERT INTO t VALUES (1, ROW(1,'b','q"x'), ARRAY[ROW(2,'bb',' ')::c], ROW(5, ROW(3,'c',NULL)), ROW(7,'dd','e')), (2, NULL, NULL, NULL, NULL);
--: right
CREATE TYPE c AS (a bigint, b text, t text);
CREATE TYPE n AS (x integer, inner_one c);
CREATE DOMAIN dc AS c CHECK ((VALUE).b <> 'no');
CREATE TABLE t (id integer PRIMARY KEY, c c, arr c[], nest n, d dc, def c DEFAULT ROW(1, 'x', 'y'));
COMMENT ON TYPE c IS 'kept';
CREATE INDEX i ON t (((c).b));
CREATE VIEW v AS SELECT (c).a AS a, c FROM t;
CREATE TABLE typed OF c;
