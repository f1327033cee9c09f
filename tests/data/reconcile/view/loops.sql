--: expect function loops.f(loops.v1): added
--: expect function loops.of_grown(loops.grown): added
--: expect function loops.of_lost(loops.lost): removed
--: expect materialized-view loops.m: added
--: expect view loops.grown: columns
--: expect view loops.grown: definition
--: expect view loops.l1: added
--: expect view loops.l2: added
--: expect view loops.lost: columns
--: expect view loops.lost: definition
--: expect view loops.v1: added
--: expect view loops.v2: added
--: both
CREATE TABLE t (a integer, b text);
--: left
CREATE VIEW grown AS SELECT 1 AS a;
CREATE VIEW lost AS SELECT 1 AS a;
CREATE FUNCTION of_lost(lost) RETURNS integer LANGUAGE sql AS 'SELECT $1.a';
CREATE OR REPLACE VIEW lost AS SELECT of_lost(NULL::lost) AS a;
--: right
CREATE VIEW v1 AS SELECT a, b FROM t;
CREATE FUNCTION f(v1) RETURNS integer LANGUAGE sql AS 'SELECT $1.a';
CREATE VIEW v2 AS SELECT f(v1) AS x, v1.b FROM v1;
CREATE OR REPLACE VIEW v1 AS SELECT t.a, t.b, f(NULL::v1) AS c FROM t;
COMMENT ON COLUMN v1.c IS 'loop';
CREATE MATERIALIZED VIEW m AS SELECT c FROM v1;
CREATE VIEW l1 AS SELECT 1 AS a, 5::numeric(5,2) AS "B ""x", ARRAY[1] AS c;
CREATE VIEW l2 AS SELECT a, "B ""x", c FROM l1;
CREATE OR REPLACE VIEW l1 AS SELECT l2.a, l2."B ""x", c FROM l2;
CREATE VIEW grown AS SELECT 1 AS a;
CREATE FUNCTION of_grown(grown) RETURNS integer LANGUAGE sql AS 'SELECT $1.a';
CREATE OR REPLACE VIEW grown AS SELECT of_grown(NULL::grown) AS a, 2 AS b;
CREATE VIEW lost AS SELECT 1 AS a, 2 AS c;
