--: expect column type_enum.t.a: type
--: expect default type_enum.t.a: definition
--: allow data-loss rewrite
--: allow-back rewrite
--: keep SELECT a::text FROM type_enum.t
--: both
CREATE TYPE state AS ENUM ('on', 'off');
--: left
CREATE TABLE t (a text DEFAULT 'on');
INSERT INTO t VALUES ('off');
--: right
CREATE TABLE t (a state DEFAULT 'on');
