--: expect enum enum_less.e: values
--: allow rewrite
--: allow-back rewrite
--: keep SELECT a::text || b::text FROM enum_less.t
--: left
CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE FUNCTION f(e) RETURNS e LANGUAGE sql AS 'SELECT $1';
CREATE TABLE t (a e DEFAULT 'b', b e[], CHECK (a <> 'b' OR b IS NOT NULL));
CREATE INDEX ON t (a);
CREATE VIEW v AS SELECT a, enum_less.f(a) AS fa FROM t;
COMMENT ON VIEW v IS 'kept';
COMMENT ON TYPE e IS 'kept as well';
INSERT INTO t VALUES ('c', '{b,c}');
--: right
CREATE TYPE e AS ENUM ('c', 'b');
CREATE FUNCTION f(e) RETURNS e LANGUAGE sql AS 'SELECT $1';
CREATE TABLE t (a e DEFAULT 'b', b e[], CHECK (a <> 'b' OR b IS NOT NULL));
CREATE INDEX ON t (a);
CREATE VIEW v AS SELECT a, enum_less.f(a) AS fa FROM t;
COMMENT ON VIEW v IS 'kept';
COMMENT ON TYPE e IS 'kept as well';
