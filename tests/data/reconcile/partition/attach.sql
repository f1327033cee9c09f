--: expect partition attach.bound: definition
--: expect partition attach.loose: added
--: expect column attach.loose.a: origin
--: expect column attach.loose.b: origin
--: expect table attach.come: added
--: expect table attach.gone: removed
--: allow blocking data-loss
--: allow-back blocking data-loss
--: keep SELECT count(*) FROM attach.loose
--: both
CREATE TABLE p (a integer NOT NULL, b text) PARTITION BY LIST (a);
--: left
CREATE TABLE bound PARTITION OF p FOR VALUES IN (1);
CREATE TABLE loose (b text, a integer NOT NULL);
INSERT INTO loose VALUES ('x', 5);
CREATE TABLE gone PARTITION OF p FOR VALUES IN (7);
--: right
CREATE TABLE bound PARTITION OF p FOR VALUES IN (1, 2);
CREATE TABLE loose PARTITION OF p FOR VALUES IN (5);
CREATE TABLE come PARTITION OF p FOR VALUES IN (8);
