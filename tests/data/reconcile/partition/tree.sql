--: expect table tree.p: added
--: expect table tree.p1: added
--: expect table tree.p2: added
--: expect table tree.p2a: added
--: expect table tree.rest: added
--: expect function tree.f(): added
--: allow-back data-loss
--: left
--: right
CREATE TABLE p (a integer, at date, c text DEFAULT 'x' CHECK (c <> 'y'),
    PRIMARY KEY (a, at)) PARTITION BY RANGE (at);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
    PARTITION BY LIST (a);
CREATE TABLE p2a PARTITION OF p2 FOR VALUES IN (1);
CREATE TABLE rest PARTITION OF p DEFAULT;
ALTER TABLE p1 ALTER c SET DEFAULT 'own';
CREATE INDEX p1_own ON p1 (c);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER tr AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f();
COMMENT ON TABLE p2a IS 'a leaf';
