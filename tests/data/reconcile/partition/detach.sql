--: expect column detach.four.a: origin
--: expect column detach.four.b: origin
--: expect column detach.one.a: origin
--: expect column detach.one.b: origin
--: expect column detach.three.a: origin
--: expect column detach.three.b: origin
--: expect column detach.two.a: origin
--: expect column detach.two.b: origin
--: expect constraint detach.four.four_pkey: added
--: expect constraint detach.four.top_ck: removed
--: expect constraint detach.four_one.top_ck: removed
--: expect constraint detach.one.top_ck: removed
--: expect constraint detach.three.own_key: added
--: expect constraint detach.three.top_ck: removed
--: expect constraint detach.two.top_ck: origin
--: expect constraint detach.two.top_fk: added
--: expect constraint detach.two.two_pkey: added
--: expect index detach.four_b_idx: added
--: expect index detach.own_b: added
--: expect index detach.two_a_b_idx: added
--: expect index detach.two_b_idx: added
--: expect partition detach.four: removed
--: expect partition detach.one: removed
--: expect partition detach.three: removed
--: expect partition detach.two: removed
--: allow-back blocking
--: both
CREATE TABLE top (a integer NOT NULL, b text, PRIMARY KEY (a)) PARTITION BY RANGE (a);
CREATE INDEX top_b ON top (b);
CREATE UNIQUE INDEX top_ab ON top (a, b);
CREATE TABLE other (a integer PRIMARY KEY);
ALTER TABLE top ADD CONSTRAINT top_fk FOREIGN KEY (a) REFERENCES other;
ALTER TABLE top ADD CONSTRAINT top_ck CHECK (a > 0);
--: left
CREATE TABLE one PARTITION OF top FOR VALUES FROM (1) TO (10);
CREATE TABLE two PARTITION OF top FOR VALUES FROM (10) TO (20);
CREATE TABLE three PARTITION OF top FOR VALUES FROM (20) TO (30);
CREATE TABLE four PARTITION OF top FOR VALUES FROM (30) TO (40) PARTITION BY LIST (a);
CREATE TABLE four_one PARTITION OF four FOR VALUES IN (31);
--: right
CREATE TABLE one (a integer NOT NULL, b text);
CREATE TABLE two (a integer NOT NULL, b text, PRIMARY KEY (a));
CREATE INDEX two_b_idx ON two (b);
CREATE UNIQUE INDEX two_a_b_idx ON two (a, b);
ALTER TABLE two ADD CONSTRAINT top_fk FOREIGN KEY (a) REFERENCES other;
ALTER TABLE two ADD CONSTRAINT top_ck CHECK (a > 0);
CREATE TABLE three (a integer NOT NULL, b text, CONSTRAINT own_key PRIMARY KEY (a));
CREATE INDEX own_b ON three (b);
CREATE TABLE four (a integer NOT NULL, b text, PRIMARY KEY (a)) PARTITION BY LIST (a);
CREATE INDEX four_b_idx ON four (b);
CREATE TABLE four_one PARTITION OF four FOR VALUES IN (31);
