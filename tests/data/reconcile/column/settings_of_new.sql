--: expect column settings_of_new.t.a: added
--: allow-back data-loss
--: both
CREATE TABLE t (id integer);
--: left
--: right
ALTER TABLE t ADD a text;
ALTER TABLE t ALTER a SET STORAGE EXTERNAL, ALTER a SET STATISTICS 9;
ALTER TABLE t ALTER a SET (n_distinct = 3);
