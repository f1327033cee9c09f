--: expect index partitioned_index.come: added
--: expect index partitioned_index.other: definition
--: allow blocking
--: allow-back blocking
--: both
CREATE TABLE p (a integer, b integer) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
--: left
CREATE INDEX other ON p (a);
--: right
CREATE INDEX come ON p (b);
CREATE INDEX other ON p (a, b);
