--: expect column type_lossless.t.a: type
--: expect column type_lossless.t.b: type
--: expect view type_lossless.v: columns
--: allow rewrite
--: allow-back rewrite data-loss
--: keep SELECT a::text || b FROM type_lossless.t
--: left
CREATE TABLE t (a integer PRIMARY KEY DEFAULT 3, b integer CHECK (b > 0));
CREATE TABLE f (a integer REFERENCES t);
CREATE VIEW v AS SELECT a, b FROM t;
INSERT INTO t VALUES (1, 2);
--: right
CREATE TABLE t (a bigint PRIMARY KEY DEFAULT 3, b bigint CHECK (b > 0));
CREATE TABLE f (a integer REFERENCES t);
CREATE VIEW v AS SELECT a, b FROM t;
