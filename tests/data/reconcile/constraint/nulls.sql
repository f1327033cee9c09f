--: since 150000
--: expect constraint nulls.t.u: definition
--: expect constraint nulls.t.n: added
--: left
CREATE TABLE t (a integer, b integer);
ALTER TABLE t ADD CONSTRAINT u UNIQUE (a);
--: right
CREATE TABLE t (a integer, b integer);
ALTER TABLE t ADD CONSTRAINT u UNIQUE NULLS NOT DISTINCT (a);
ALTER TABLE t ADD CONSTRAINT n UNIQUE NULLS NOT DISTINCT (b);
