--: expect table row_type.t: added
--: expect function row_type.f(row_type.t): added
--: expect function row_type.make(): added
--: allow-back data-loss
--: right
CREATE TABLE t (a integer);
CREATE FUNCTION f(t) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1.a';
CREATE FUNCTION make() RETURNS t LANGUAGE sql AS 'SELECT ROW(1)::row_type.t';
CREATE INDEX t_f ON t (row_type.f(t.*));
