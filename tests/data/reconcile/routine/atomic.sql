--: since 140000
--: expect function atomic.f(): definition
--: expect view atomic.v: definition
--: left
CREATE TABLE t (a integer, b integer);
CREATE FUNCTION f() RETURNS integer BEGIN ATOMIC SELECT max(a) FROM atomic.t; END;
CREATE VIEW v AS SELECT atomic.f() AS a;
--: right
CREATE TABLE t (a integer, b integer);
CREATE FUNCTION f() RETURNS integer BEGIN ATOMIC SELECT max(b) FROM atomic.t; END;
CREATE VIEW v AS SELECT atomic.f() + 1 AS a;
