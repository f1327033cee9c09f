--: expect column column_new.t.plain: added
--: expect column column_new.t.filled: added
--: expect column column_new.t.old: removed
--: expect column column_new.t.made: added
--: allow data-loss rewrite
--: allow-back data-loss
--: keep SELECT sum(id) FROM column_new.t
--: left
CREATE TABLE t (id integer, old text DEFAULT 'x');
INSERT INTO t VALUES (1), (2);
--: right
CREATE TABLE t (id integer, plain text, filled integer NOT NULL DEFAULT 7,
    made integer GENERATED ALWAYS AS (id + 1) STORED);
COMMENT ON COLUMN t.plain IS 'new';
