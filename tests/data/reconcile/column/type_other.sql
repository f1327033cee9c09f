--: expect column type_other.t.a: type
--: expect default type_other.t.a: definition
--: expect column type_other.t.b: type
--: expect column type_other.t.c: type
--: allow rewrite data-loss
--: allow-back rewrite
--: left
CREATE TABLE t (a text DEFAULT '1', b text, c text);
CREATE INDEX ON t (a);
INSERT INTO t VALUES ('12', '2025-01-01', NULL);
--: right
CREATE TABLE t (a integer DEFAULT 1, b date, c jsonb);
CREATE INDEX ON t (a);
