--: expect table table_to_view.t: removed
--: expect view table_to_view.t: added
--: expect function table_to_view.f(): added
--: allow data-loss
--: allow-back data-loss
--: both
CREATE TABLE base (a integer, b text);
CREATE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
--: left
CREATE TABLE t (a integer, b text);
CREATE VIEW above AS SELECT a FROM t;
--: right
CREATE VIEW t AS SELECT a, b FROM base;
CREATE VIEW above AS SELECT a FROM t;
CREATE FUNCTION f() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM table_to_view.t';
