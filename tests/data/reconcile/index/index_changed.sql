--: expect index index_changed.cols: definition
--: expect index index_changed.uniq: definition
--: expect index index_changed.uniq: unique
--: expect index index_changed."Meth od": definition
--: expect index index_changed."Meth od": method
--: expect index index_changed.opts: definition
--: expect index index_changed.mv: definition
--: expect index index_changed.stats: statistics
--: expect index index_changed.clus: clustered
--: both
CREATE TABLE t (a integer, b integer);
CREATE MATERIALIZED VIEW m AS SELECT 1 AS a, 2 AS b;
--: left
CREATE INDEX cols ON t (a);
COMMENT ON INDEX cols IS 'kept';
CREATE INDEX uniq ON t (a);
CREATE INDEX "Meth od" ON t (b);
CREATE INDEX opts ON t (a) WITH (fillfactor = 50);
CREATE INDEX mv ON m (a);
CREATE INDEX stats ON t (a, (a + b));
CREATE INDEX clus ON t (b);
--: right
CREATE INDEX cols ON t (a, b);
COMMENT ON INDEX cols IS 'kept';
CREATE UNIQUE INDEX uniq ON t (a);
CREATE INDEX "Meth od" ON t USING hash (b);
CREATE INDEX opts ON t (a) WITH (fillfactor = 60);
CREATE INDEX mv ON m (b);
CREATE INDEX stats ON t (a, (a + b));
ALTER INDEX stats ALTER COLUMN 2 SET STATISTICS 77;
CREATE INDEX clus ON t (b);
ALTER TABLE t CLUSTER ON clus;
