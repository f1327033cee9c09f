--: expect default type_wider.t.b: definition
--: expect column type_wider.t.a: type
--: expect column type_wider.t.b: type
--: expect column type_wider.t.c: type
--: expect column type_wider.t.d: type
--: allow-back rewrite data-loss
--: keep SELECT a || b || c || d FROM type_wider.t
--: left
CREATE TABLE t (a varchar(10), b varchar(10) DEFAULT 'b', c numeric(6,2), d varchar(9));
CREATE INDEX ON t (a);
INSERT INTO t VALUES ('abc', 'def', 1.25, 'ghi');
--: right
CREATE TABLE t (a varchar(20), b text DEFAULT 'b', c numeric(8,2), d varchar);
CREATE INDEX ON t (a);
