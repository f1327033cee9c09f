--: expect table typed.t: of_type
--: both
CREATE TYPE r AS (a integer, b text);
--: left
CREATE TABLE t (a integer, b text);
--: right
CREATE TABLE t OF r;
