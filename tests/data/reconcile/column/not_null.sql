--: expect column not_null.t.a: not_null
--: expect column not_null.t.b: not_null
--: keep SELECT sum(a) FROM not_null.t
--: left
CREATE TABLE t (a integer, b integer NOT NULL);
INSERT INTO t VALUES (1, 2);
--: right
CREATE TABLE t (a integer NOT NULL, b integer);
