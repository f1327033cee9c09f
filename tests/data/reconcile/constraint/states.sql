--: expect constraint states.k.k_c_check: no_inherit
--: expect constraint states.k.k_c_check: definition
--: expect constraint states.k.ku: deferrable
--: expect constraint states.k.ku: definition
--: expect constraint states.k.ku2: deferrable
--: expect constraint states.k.ku2: deferred
--: expect constraint states.k.ku2: definition
--: expect constraint states.p.pf: deferred
--: expect constraint states.p.pf: definition
--: expect constraint states.r.f1: deferrable
--: expect constraint states.r.f1: triggers
--: expect constraint states.r.f1: definition
--: expect constraint states.r.f2: deferrable
--: expect constraint states.r.f2: deferred
--: expect constraint states.r.f2: triggers
--: expect constraint states.r.f2: definition
--: expect constraint states.r.f3: deferrable
--: expect constraint states.r.f3: triggers
--: expect constraint states.r.f3: definition
--: expect constraint states.r.f4: deferrable
--: expect constraint states.r.f4: validated
--: expect constraint states.r.f4: triggers
--: expect constraint states.r.f4: definition
--: expect constraint states.r.f5: triggers
--: expect constraint states.tt.ft: triggers
--: keep SELECT count(*) FROM states.r
--: both
CREATE TABLE t (a integer PRIMARY KEY, b integer UNIQUE);
--: left
CREATE TABLE r (a integer CONSTRAINT f1 REFERENCES t (a), b integer CONSTRAINT f2 REFERENCES t (a) DEFERRABLE INITIALLY DEFERRED, c integer CONSTRAINT f3 REFERENCES t (a) ON DELETE CASCADE, d integer, e integer CONSTRAINT f5 REFERENCES t (a));
ALTER TABLE r ADD CONSTRAINT f4 FOREIGN KEY (d) REFERENCES t NOT VALID;
ALTER TABLE r DISABLE TRIGGER ALL;
CREATE TABLE k (a integer CONSTRAINT ku UNIQUE DEFERRABLE, b integer CONSTRAINT ku2 UNIQUE, c integer CHECK (c > 0) NO INHERIT);
CREATE TABLE p (a integer CONSTRAINT pf REFERENCES t (a) DEFERRABLE) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE TABLE tt (a integer CONSTRAINT ft REFERENCES t (a));
ALTER TABLE tt DISABLE TRIGGER ALL;
INSERT INTO t VALUES (1, 1); INSERT INTO r VALUES (1, 1, 1, 1, 1);
--: right
CREATE TABLE r (a integer CONSTRAINT f1 REFERENCES t (a) DEFERRABLE, b integer CONSTRAINT f2 REFERENCES t (a), c integer CONSTRAINT f3 REFERENCES t (a) ON DELETE SET NULL DEFERRABLE, d integer CONSTRAINT f4 REFERENCES t (a) DEFERRABLE, e integer CONSTRAINT f5 REFERENCES t (a));
CREATE TABLE k (a integer CONSTRAINT ku UNIQUE, b integer CONSTRAINT ku2 UNIQUE DEFERRABLE INITIALLY DEFERRED, c integer CHECK (c > 0));
CREATE TABLE p (a integer CONSTRAINT pf REFERENCES t (a) DEFERRABLE INITIALLY DEFERRED) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE TABLE tt (a integer CONSTRAINT ft REFERENCES t (a));
