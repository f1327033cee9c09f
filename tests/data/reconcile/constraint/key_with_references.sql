--: expect constraint key_with_references.p.p_pkey: options
--: expect constraint key_with_references.p.u: definition
--: expect constraint key_with_references.p.u: deferrable
--: keep SELECT count(*) FROM key_with_references.f
--: left
CREATE TABLE p (a integer PRIMARY KEY, b integer CONSTRAINT u UNIQUE);
CREATE TABLE f (a integer REFERENCES p, b integer);
INSERT INTO p VALUES (1, 1);
INSERT INTO f VALUES (1, 1);
COMMENT ON CONSTRAINT f_a_fkey ON f IS 'to p';
--: right
CREATE TABLE p (a integer PRIMARY KEY WITH (fillfactor = 80),
    b integer CONSTRAINT u UNIQUE DEFERRABLE);
CREATE TABLE f (a integer REFERENCES p, b integer);
COMMENT ON CONSTRAINT f_a_fkey ON f IS 'to p';
