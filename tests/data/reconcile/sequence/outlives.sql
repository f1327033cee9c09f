--: expect sequence outlives.s: owned_by
--: expect table outlives.t: removed
--: expect table outlives.u: added
--: allow data-loss
--: allow-back data-loss
--: left
CREATE TABLE t (a integer);
CREATE SEQUENCE s OWNED BY t.a;
ALTER TABLE t ALTER a SET DEFAULT nextval('outlives.s');
--: right
CREATE TABLE u (a integer);
CREATE SEQUENCE s OWNED BY u.a;
ALTER TABLE u ALTER a SET DEFAULT nextval('outlives.s');
