--: expect collation sorting.come: added
--: expect collation sorting.gone: removed
--: expect collation sorting.c: lc_ctype
--: expect collation sorting.unused: lc_collate
--: allow blocking
--: allow-back blocking
--: keep SELECT string_agg(a, ',' ORDER BY a) FROM sorting.t
--: left
CREATE COLLATION gone (LOCALE = 'C');
CREATE COLLATION unused (LC_COLLATE = 'C', LC_CTYPE = 'C');
COMMENT ON COLLATION unused IS 'kept';
CREATE COLLATION c (LC_COLLATE = 'C', LC_CTYPE = 'C');
COMMENT ON COLLATION c IS 'kept';
CREATE TABLE t (a text COLLATE c PRIMARY KEY, b varchar(9) COLLATE c
    DEFAULT 'x', c text);
CREATE INDEX t_c ON t (c COLLATE c);
CREATE TABLE r (a text COLLATE c REFERENCES t);
CREATE VIEW v AS SELECT a, upper(c COLLATE c) AS c FROM t WHERE a > 'b';
INSERT INTO t VALUES ('b', 'x', 'y'), ('B', 'x', 'y'), ('a', NULL, NULL);
--: right
CREATE COLLATION come (LOCALE = 'C');
CREATE COLLATION unused (LC_COLLATE = 'POSIX', LC_CTYPE = 'C');
COMMENT ON COLLATION unused IS 'kept';
CREATE COLLATION c (LC_COLLATE = 'C', LC_CTYPE = 'POSIX');
COMMENT ON COLLATION c IS 'kept';
CREATE TABLE t (a text COLLATE c PRIMARY KEY, b varchar(9) COLLATE c
    DEFAULT 'x', c text);
CREATE INDEX t_c ON t (c COLLATE c);
CREATE TABLE r (a text COLLATE c REFERENCES t);
CREATE VIEW v AS SELECT a, upper(c COLLATE c) AS c FROM t WHERE a > 'b';
