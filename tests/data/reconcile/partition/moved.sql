--: expect column moved."odd ""one".a: origin
--: expect column moved."odd ""one".b: origin
--: expect column moved.joins.a: origin
--: expect column moved.joins.b: origin
--: expect constraint moved."odd ""one".other: added
--: expect constraint moved.joins.joins_pkey: removed
--: expect index moved."my 'idx": added
--: expect index moved.joins_b_idx: removed
--: expect index moved.my_low: removed
--: expect index moved.own: clustered
--: expect partition moved."odd ""one": removed
--: expect partition moved.bound: definition
--: expect partition moved.joins: added
--: expect partition moved.m: of
--: expect partition-index moved."odd ""one" OF moved.p_b: removed
--: expect partition-index moved.joins OF moved.p_low: added
--: allow blocking
--: allow-back blocking
--: keep SELECT count(*) FROM moved.m
--: both
CREATE TABLE p (a integer NOT NULL, b text NOT NULL DEFAULT 'x', PRIMARY KEY (a)) PARTITION BY RANGE (a);
CREATE INDEX p_b ON p (b);
CREATE INDEX p_low ON p (lower(b)) WHERE b <> '';
CREATE TABLE q (a integer NOT NULL, b text NOT NULL DEFAULT 'x', PRIMARY KEY (a)) PARTITION BY RANGE (a);
CREATE INDEX q_b ON q (b);
--: left
CREATE TABLE m PARTITION OF p FOR VALUES FROM (1) TO (10);
INSERT INTO m VALUES (1), (2);
CREATE TABLE bound PARTITION OF p FOR VALUES FROM (10) TO (20);
CREATE TABLE "odd ""one" PARTITION OF p FOR VALUES FROM (20) TO (30);
ALTER INDEX "odd ""one_b_idx" RENAME TO "my 'idx";
CREATE INDEX own ON "odd ""one" (a, b);
CREATE TABLE joins (a integer NOT NULL CONSTRAINT joins_pkey PRIMARY KEY, b text NOT NULL DEFAULT 'x');
CREATE INDEX joins_b_idx ON joins (b);
CREATE INDEX my_low ON joins (lower(b)) WHERE b <> '';
--: right
CREATE TABLE m PARTITION OF q FOR VALUES FROM (1) TO (10);
CREATE TABLE bound PARTITION OF p FOR VALUES FROM (10) TO (15);
CREATE TABLE "odd ""one" (a integer NOT NULL, b text NOT NULL DEFAULT 'x', CONSTRAINT other PRIMARY KEY (a));
CREATE INDEX "my 'idx" ON "odd ""one" (b);
CREATE INDEX own ON "odd ""one" (a, b);
CLUSTER "odd ""one" USING own;
CREATE TABLE joins (a integer NOT NULL CONSTRAINT joins_pkey PRIMARY KEY, b text NOT NULL DEFAULT 'x');
CREATE INDEX my_low ON joins (lower(b)) WHERE b <> '';
ALTER TABLE p ATTACH PARTITION joins FOR VALUES FROM (40) TO (50);
