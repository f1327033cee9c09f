--: expect table identity_of_rows."full": replica_identity
--: expect table identity_of_rows.idx: replica_identity
--: expect table identity_of_rows.two: replica_identity
--: expect constraint identity_of_rows.idx.idx_a_key: replica_identity
--: expect index identity_of_rows.two_a: replica_identity
--: both
CREATE TABLE "full" (a integer);
CREATE TABLE idx (a integer NOT NULL UNIQUE);
CREATE TABLE two (a integer NOT NULL);
CREATE UNIQUE INDEX two_a ON two (a);
--: left
ALTER TABLE two REPLICA IDENTITY USING INDEX two_a;
--: right
ALTER TABLE "full" REPLICA IDENTITY FULL;
ALTER TABLE idx REPLICA IDENTITY USING INDEX idx_a_key;
ALTER TABLE two REPLICA IDENTITY NOTHING;
