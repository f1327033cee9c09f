--: expect constraint not_inherited.t.ck: definition
--: expect constraint not_inherited.t.ck: no_inherit
--: both
CREATE TABLE t (a integer);
--: left
ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 0);
--: right
ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 0) NO INHERIT;
