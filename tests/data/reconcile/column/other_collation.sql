--: expect column other_collation.t.a: collation
--: both
--: left
CREATE TABLE t (a text);
--: right
CREATE TABLE t (a text COLLATE "C");
