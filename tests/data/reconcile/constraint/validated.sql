--: expect constraint validated.t.ck: validated
--: both
CREATE TABLE t (a integer);
--: left
ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 0) NOT VALID;
--: right
ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 0);
