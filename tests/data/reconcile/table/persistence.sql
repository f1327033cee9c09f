--: expect table persistence.u: persistence
--: expect table persistence.l: persistence
--: allow rewrite
--: allow-back rewrite
--: keep SELECT sum(a) FROM persistence.u
--: left
CREATE TABLE u (a integer);
INSERT INTO u VALUES (1), (2);
CREATE UNLOGGED TABLE l (a integer);
--: right
CREATE UNLOGGED TABLE u (a integer);
CREATE TABLE l (a integer);
