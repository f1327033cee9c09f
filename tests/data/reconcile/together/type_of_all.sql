--: expect enum type_of_all.state: removed
--: expect column type_of_all.t.a: type
--: expect default type_of_all.t.a: definition
--: expect index type_of_all.t_a: definition
--: expect view type_of_all.v: columns
--: expect view type_of_all.v: definition
--: allow rewrite
--: allow-back rewrite data-loss
--: keep SELECT a::text FROM type_of_all.t
--: left
CREATE TYPE state AS ENUM ('on', 'off');
CREATE TABLE t (a state DEFAULT 'on');
CREATE INDEX t_a ON t (a) WHERE a = 'on';
CREATE VIEW v AS SELECT a FROM t WHERE a = 'off';
INSERT INTO t VALUES ('off');
--: right
CREATE TABLE t (a text DEFAULT 'on');
CREATE INDEX t_a ON t (a) WHERE a = 'on';
CREATE VIEW v AS SELECT a FROM t WHERE a = 'off';
