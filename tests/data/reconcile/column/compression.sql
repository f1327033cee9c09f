--: since 140000
--: expect column compression.t.a: compression
--: left
CREATE TABLE t (a text);
--: right
CREATE TABLE t (a text COMPRESSION pglz);
