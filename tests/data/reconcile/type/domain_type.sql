--: expect domain domain_type.d: type
--: allow rewrite data-loss
--: allow-back rewrite data-loss
--: keep SELECT a::text FROM domain_type.t
--: left
CREATE DOMAIN d AS integer CHECK (VALUE > 0);
CREATE TABLE t (a d);
INSERT INTO t VALUES (5);
--: right
CREATE DOMAIN d AS bigint CHECK (VALUE > 0);
CREATE TABLE t (a d);
