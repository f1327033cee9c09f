--: expect constraint valid.one.one_pkey: removed
--: expect constraint valid.p.p_pkey: valid
--: expect index valid.one_b_a_idx: removed
--: expect index valid.one_b_idx: removed
--: expect index valid.p_b: valid
--: expect index valid.p_b_a: added
--: expect index valid.strange: removed
--: expect index valid.two_one_b_a_idx: removed
--: expect index valid.two_one_b_idx: removed
--: allow blocking
--: both
CREATE TABLE p (a integer NOT NULL, b text) PARTITION BY RANGE (a);
CREATE TABLE one PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE TABLE two PARTITION OF p FOR VALUES FROM (10) TO (20) PARTITION BY RANGE (a);
CREATE TABLE two_one PARTITION OF two FOR VALUES FROM (10) TO (15);
CREATE TABLE three PARTITION OF p FOR VALUES FROM (20) TO (30);
CREATE TABLE four PARTITION OF p FOR VALUES FROM (30) TO (40);
--: left
CREATE INDEX p_b ON ONLY p (b);
CREATE INDEX one_b_idx ON one (b);
CREATE INDEX two_one_b_idx ON two_one (b);
ALTER TABLE ONLY p ADD PRIMARY KEY (a);
ALTER TABLE one ADD PRIMARY KEY (a);
CREATE INDEX one_b_a_idx ON one (b, a);
CREATE INDEX strange ON three (b, a);
CREATE INDEX two_one_b_a_idx ON two_one (b, a);
--: right
CREATE INDEX p_b ON p (b);
ALTER TABLE p ADD PRIMARY KEY (a);
CREATE INDEX p_b_a ON p (b, a);
