--: expect column types.i1.x: type
--: expect column types.i1.y: collation
--: expect column types.i2.z: type
--: expect column types.i3.x: type
--: expect column types.i3.y: collation
--: expect column types.i3.z: type
--: expect column types.i4.x: type
--: expect column types.i4.y: collation
--: expect column types.i4.z: type
--: expect column types.l.b: type
--: expect column types.l.c: type
--: expect column types.l2.b: type
--: expect column types.l2.c: type
--: expect column types.m.b: type
--: expect column types.m.c: type
--: expect column types.p.b: type
--: expect column types.p.c: type
--: expect constraint types.l2.ck: definition
--: expect default types.i2.z: definition
--: expect default types.i3.z: definition
--: expect default types.i4.z: definition
--: expect default types.l.b: definition
--: expect default types.l.c: definition
--: expect default types.l2.b: definition
--: expect default types.l2.c: definition
--: expect default types.m.b: definition
--: expect default types.m.c: definition
--: expect default types.p.b: definition
--: expect default types.p.c: definition
--: expect index types.il: definition
--: expect index types.ix4: definition
--: expect view types.v4: columns
--: expect view types.vl: columns
--: expect view types.vm: columns
--: allow rewrite
--: allow-back blocking data-loss rewrite
--: keep SELECT count(*) FROM types.p
--: left
CREATE TABLE p (a integer, b varchar(10) DEFAULT '1', c integer DEFAULT 1) PARTITION BY RANGE (a);
CREATE TABLE m PARTITION OF p FOR VALUES FROM (1) TO (10) PARTITION BY RANGE (a);
CREATE TABLE l PARTITION OF m FOR VALUES FROM (1) TO (5);
CREATE TABLE l2 (c integer DEFAULT 5, b varchar(10) DEFAULT 'own', a integer);
ALTER TABLE m ATTACH PARTITION l2 FOR VALUES FROM (5) TO (10);
INSERT INTO p VALUES (1, '2', 3), (6, '7', 8);
CREATE VIEW vl AS SELECT b, c FROM l WHERE c > 0;
CREATE VIEW vm AS SELECT b FROM m;
CREATE INDEX il ON l (c) WHERE b <> '';
CREATE INDEX ip ON p (b);
ALTER TABLE l2 ADD CONSTRAINT ck CHECK (b <> 'zz');
CREATE STATISTICS st ON b, c FROM l;
CREATE TABLE i1 (x integer, y text);
CREATE TABLE i2 (z text DEFAULT 'z');
CREATE TABLE i3 () INHERITS (i1, i2);
CREATE TABLE i4 (x integer, y text) INHERITS (i3);
INSERT INTO i4 VALUES (1, '2', '3');
CREATE VIEW v4 AS SELECT x, y, z FROM i4 WHERE y <> '';
CREATE INDEX ix4 ON i4 (y) WHERE z <> '';
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER t4 BEFORE UPDATE OF y ON i4 FOR EACH ROW WHEN (new.y <> '') EXECUTE FUNCTION tf();
--: right
CREATE TABLE p (a integer, b text DEFAULT '1', c bigint DEFAULT 2) PARTITION BY RANGE (a);
CREATE TABLE m PARTITION OF p FOR VALUES FROM (1) TO (10) PARTITION BY RANGE (a);
CREATE TABLE l PARTITION OF m FOR VALUES FROM (1) TO (5);
CREATE TABLE l2 (c bigint DEFAULT 6, b text DEFAULT 'own', a integer);
ALTER TABLE m ATTACH PARTITION l2 FOR VALUES FROM (5) TO (10);
CREATE VIEW vl AS SELECT b, c FROM l WHERE c > 0;
CREATE VIEW vm AS SELECT b FROM m;
CREATE INDEX il ON l (c) WHERE b <> '';
CREATE INDEX ip ON p (b);
ALTER TABLE l2 ADD CONSTRAINT ck CHECK (b <> 'zz');
CREATE STATISTICS st ON b, c FROM l;
CREATE TABLE i1 (x bigint, y text COLLATE "C");
CREATE TABLE i2 (z varchar DEFAULT 'zz');
CREATE TABLE i3 () INHERITS (i1, i2);
CREATE TABLE i4 (x bigint, y text COLLATE "C") INHERITS (i3);
CREATE VIEW v4 AS SELECT x, y, z FROM i4 WHERE y <> '';
CREATE INDEX ix4 ON i4 (y) WHERE z <> '';
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER t4 BEFORE UPDATE OF y ON i4 FOR EACH ROW WHEN (new.y <> '') EXECUTE FUNCTION tf();
