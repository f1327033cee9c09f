--: expect constraint constraint_kinds.t.pk: added
--: expect constraint constraint_kinds.t.uq: added
--: expect constraint constraint_kinds.t.ck: added
--: expect constraint constraint_kinds.t.fk: added
--: expect constraint constraint_kinds.t.ex: added
--: allow blocking
--: keep SELECT count(*) FROM constraint_kinds.t
--: both
CREATE TABLE p (a integer PRIMARY KEY);
CREATE TABLE t (id integer NOT NULL, a integer, r int4range);
INSERT INTO p VALUES (1);
INSERT INTO t VALUES (1, 1, '[1,2]'), (2, NULL, NULL);
--: left
--: right
ALTER TABLE t ADD CONSTRAINT pk PRIMARY KEY (id);
ALTER TABLE t ADD CONSTRAINT uq UNIQUE (a) INCLUDE (id) WITH (fillfactor = 70)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 0);
ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES p
    ON DELETE CASCADE;
ALTER TABLE t ADD CONSTRAINT ex EXCLUDE USING gist (r WITH &&);
COMMENT ON CONSTRAINT ck ON t IS 'more than none';
