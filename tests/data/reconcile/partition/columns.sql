--: expect column columns.p.b: type
--: expect column columns.p1.b: type
--: expect column columns.p.come: added
--: expect column columns.p1.come: added
--: expect column columns.p.gone: removed
--: expect column columns.p1.gone: removed
--: expect constraint columns.p.ck: added
--: expect constraint columns.p1.ck: added
--: expect column columns.p.n: not_null
--: expect column columns.p1.n: not_null
--: allow data-loss rewrite
--: allow-back data-loss rewrite
--: keep SELECT count(*) FROM columns.p
--: left
CREATE TABLE p (a integer, b integer, n integer, gone text) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
INSERT INTO p VALUES (1, 2, 3, 'x');
--: right
CREATE TABLE p (a integer, b bigint, n integer NOT NULL, come text DEFAULT 'y',
    CONSTRAINT ck CHECK (b > 0)) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
