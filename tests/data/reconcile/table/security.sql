--: expect table security.t: row_security
--: expect table security.f: force_row_security
--: both
CREATE TABLE t (a integer);
CREATE TABLE f (a integer);
ALTER TABLE f ENABLE ROW LEVEL SECURITY;
--: left
--: right
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
ALTER TABLE f FORCE ROW LEVEL SECURITY;
