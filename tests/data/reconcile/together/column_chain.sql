--: expect column column_chain.t.a: type
--: expect function column_chain.f(integer): removed
--: expect function column_chain.f(bigint): added
--: expect column column_chain.t.g: type
--: expect view column_chain.v: columns
--: allow rewrite
--: allow-back rewrite data-loss
--: keep SELECT a::text FROM column_chain.t
--: left
CREATE FUNCTION f(integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1';
CREATE TABLE t (a integer, g integer GENERATED ALWAYS AS (column_chain.f(a)) STORED);
CREATE VIEW v AS SELECT column_chain.f(a) AS x, g FROM t;
INSERT INTO t VALUES (3);
--: right
CREATE FUNCTION f(bigint) RETURNS bigint IMMUTABLE LANGUAGE sql AS 'SELECT $1';
CREATE TABLE t (a bigint, g bigint GENERATED ALWAYS AS (column_chain.f(a)) STORED);
CREATE VIEW v AS SELECT column_chain.f(a) AS x, g FROM t;
