--: expect column on_new_columns.t.b: added
--: expect column on_new_columns.t.c: removed
--: expect view on_new_columns.v: columns
--: expect view on_new_columns.v: definition
--: expect function on_new_columns.f(integer): added
--: allow data-loss
--: allow-back data-loss
--: left
CREATE TABLE t (a integer, c integer);
CREATE VIEW v AS SELECT a, c FROM t;
--: right
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1';
CREATE TABLE t (a integer, b integer);
CREATE VIEW v AS SELECT a, on_new_columns.f(b) AS b FROM t;
