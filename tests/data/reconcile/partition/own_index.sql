--: expect index own_index.changed: definition
--: expect index own_index.gone: removed
--: expect partition-index own_index.four OF own_index.p_b: name
--: expect partition-index own_index.one OF own_index.gone: removed
--: expect partition-index own_index.one OF own_index.p_b: added
--: expect partition-index own_index.one OF own_index.p_e: added
--: expect partition-index own_index.two OF own_index.p_b: added
--: expect partition-index own_index.two OF own_index.p_e: added
--: allow blocking
--: allow-back blocking
--: both
CREATE TABLE p (a integer NOT NULL, b text) PARTITION BY RANGE (a);
CREATE INDEX p_b ON p (b);
CREATE INDEX p_e ON p ((a + 1)) WITH (fillfactor = 80);
CREATE TABLE one PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE TABLE two PARTITION OF p FOR VALUES FROM (10) TO (20);
CREATE TABLE four PARTITION OF p FOR VALUES FROM (30) TO (40);
--: left
CREATE INDEX gone ON p (b, a);
ALTER INDEX one_b_a_idx RENAME TO gone_too;
ALTER INDEX four_b_idx RENAME TO left_name;
CREATE INDEX changed ON p (a, (a + 2));
ALTER INDEX one_a_expr_idx RENAME TO comes_back;
--: right
ALTER INDEX one_b_idx RENAME TO mine;
ALTER INDEX one_expr_idx SET (fillfactor = 70);
ALTER INDEX two_expr_idx ALTER COLUMN 1 SET STATISTICS 100;
ALTER TABLE two CLUSTER ON two_b_idx;
ALTER INDEX four_b_idx RENAME TO right_name;
CREATE INDEX changed ON p (a);
ALTER INDEX one_a_idx RENAME TO comes_back;
