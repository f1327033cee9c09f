--: expect constraint changed.t.ck: definition
--: expect constraint changed.t.fk: definition
--: expect constraint changed.t.uq: definition
--: expect constraint changed.t.later: definition
--: expect constraint changed.t.later: deferrable
--: expect constraint changed.t.later: deferred
--: both
CREATE TABLE p (a integer PRIMARY KEY);
--: left
CREATE TABLE t (a integer CONSTRAINT ck CHECK (a > 0)
        CONSTRAINT fk REFERENCES p, b integer CONSTRAINT uq UNIQUE,
    c integer CONSTRAINT later REFERENCES p);
COMMENT ON CONSTRAINT uq ON t IS 'unique';
--: right
CREATE TABLE t (a integer CONSTRAINT ck CHECK (a > 1)
        CONSTRAINT fk REFERENCES p ON UPDATE CASCADE, b integer,
    c integer CONSTRAINT later REFERENCES p DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE t ADD CONSTRAINT uq UNIQUE (b, a);
COMMENT ON CONSTRAINT uq ON t IS 'unique';
