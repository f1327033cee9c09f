--: expect function bodies.f(): added
--: expect function bodies.g(): added
--: expect table bodies.t: added
--: allow-back data-loss
--: both
--: left
--: right
CREATE TABLE t (a integer);
CREATE FUNCTION g() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM bodies.t';
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT bodies.g()';
