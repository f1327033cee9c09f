--: expect attribute typed_type.c.a: type
--: expect attribute typed_type.c.come: added
--: expect attribute typed_type.c.gone: removed
--: expect column typed_type.typed.a: type
--: expect column typed_type.typed.come: added
--: expect column typed_type.typed.gone: removed
--: expect index typed_type.i: added
--: expect view typed_type.v: columns
--: expect view typed_type.vg: columns
--: expect view typed_type.vg: definition
--: allow data-loss
--: allow-back data-loss
--: keep SELECT id, b FROM typed_type.typed ORDER BY id
--: left
CREATE TYPE c AS (id integer, a integer, b text, gone text);
CREATE TABLE typed OF c (PRIMARY KEY (id));
CREATE VIEW v AS SELECT a FROM typed WHERE b <> '';
CREATE VIEW vg AS SELECT a, gone FROM typed;
INSERT INTO typed VALUES (1, 2, 'x', NULL);
--: right
CREATE TYPE c AS (id integer, a bigint, b text, come text);
CREATE TABLE typed OF c (PRIMARY KEY (id));
CREATE VIEW v AS SELECT a FROM typed WHERE b <> '';
CREATE VIEW vg AS SELECT come FROM typed;
CREATE INDEX i ON typed (come);
