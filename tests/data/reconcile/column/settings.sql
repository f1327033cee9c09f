--: expect column settings.t.stored: storage
--: expect column settings.t.back: storage
--: expect column settings.t.stats: statistics
--: expect column settings.t.opts: options
--: left
CREATE TABLE t (stored text, back text, stats integer, opts integer);
ALTER TABLE t ALTER back SET STORAGE EXTERNAL;
ALTER TABLE t ALTER opts SET (n_distinct = 5);
--: right
CREATE TABLE t (stored text, back text, stats integer, opts integer);
ALTER TABLE t ALTER stored SET STORAGE EXTERNAL, ALTER stats SET STATISTICS 70;
ALTER TABLE t ALTER opts SET (n_distinct_inherited = 6);
