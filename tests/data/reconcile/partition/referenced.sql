--: expect table referenced.part1: removed
--: expect table referenced.part: added
--: expect table referenced.below1: removed
--: allow data-loss
--: allow-back data-loss
--: both
CREATE TABLE self (id bigint PRIMARY KEY, up bigint REFERENCES self)
    PARTITION BY RANGE (id);
CREATE TABLE staying PARTITION OF self FOR VALUES FROM (10) TO (20);
CREATE TABLE tree (id bigint PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE other (id bigint REFERENCES tree);
CREATE TABLE branch PARTITION OF tree FOR VALUES FROM (0) TO (10)
    PARTITION BY RANGE (id);
--: left
CREATE TABLE part1 PARTITION OF self FOR VALUES FROM (0) TO (10);
CREATE TABLE below1 PARTITION OF branch FOR VALUES FROM (0) TO (5);
--: right
CREATE TABLE part PARTITION OF self FOR VALUES FROM (0) TO (10);
