--: expect enum enum_view.e: values
--: allow data-loss rewrite
--: keep SELECT count(*) FROM enum_view.t
--: left
CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE DOMAIN de AS e;
CREATE TYPE ce AS (x e, y integer);
CREATE TABLE t (id integer PRIMARY KEY, c e DEFAULT 'a', arr e[], d de, comp ce, n integer);
CREATE VIEW v AS SELECT id FROM t WHERE c IS NOT NULL;
CREATE INDEX i ON t (c) WHERE arr IS NOT NULL;
CREATE TABLE p (c e, n integer) PARTITION BY RANGE (n);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE VIEW vp AS SELECT n FROM p1 WHERE c IS NULL;
CREATE FUNCTION f(e) RETURNS e[] LANGUAGE sql AS 'SELECT ARRAY[$1]';
INSERT INTO t VALUES (1, 'a', '{a,c}', 'c', NULL, 1);
--: right
CREATE TYPE e AS ENUM ('a', 'c');
CREATE DOMAIN de AS e;
CREATE TYPE ce AS (x e, y integer);
CREATE TABLE t (id integer PRIMARY KEY, c e DEFAULT 'a', arr e[], d de, comp ce, n integer);
CREATE VIEW v AS SELECT id FROM t WHERE c IS NOT NULL;
CREATE INDEX i ON t (c) WHERE arr IS NOT NULL;
CREATE TABLE p (c e, n integer) PARTITION BY RANGE (n);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE VIEW vp AS SELECT n FROM p1 WHERE c IS NULL;
CREATE FUNCTION f(e) RETURNS e[] LANGUAGE sql AS 'SELECT ARRAY[$1]';
