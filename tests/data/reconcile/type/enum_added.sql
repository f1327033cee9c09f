--: expect enum enum_added.e: values
--: expect default enum_added.t.a: definition
--: allow-back rewrite
--: keep SELECT a::text FROM enum_added.t
--: left
CREATE TYPE e AS ENUM ('b', 'd');
CREATE TABLE t (a e DEFAULT 'b');
INSERT INTO t VALUES ('d');
--: right
CREATE TYPE e AS ENUM ('a', 'b', 'it''s', 'd', 'z');
CREATE TABLE t (a e DEFAULT 'it''s');
