--: expect column generated.t.other: expression
--: expect column generated.t.gone: generated
--: expect column generated.t.gone: expression
--: allow-back data-loss rewrite
--: allow rewrite
--: keep SELECT a, gone FROM generated.t
--: left
CREATE TABLE t (a integer,
    other integer GENERATED ALWAYS AS (a + 1) STORED,
    gone integer GENERATED ALWAYS AS (a * 2) STORED);
INSERT INTO t VALUES (4);
--: right
CREATE TABLE t (a integer,
    other integer GENERATED ALWAYS AS (a + 2) STORED,
    gone integer);
