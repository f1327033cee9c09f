--: expect statistics statistics.come: added
--: expect statistics statistics.gone: removed
--: expect statistics statistics.other: definition
--: expect statistics statistics.target: statistics
--: expect owner statistics statistics.own: added
--: both
CREATE TABLE t (a integer, b integer, c integer);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
CREATE STATISTICS own ON a, b FROM t;
--: left
CREATE STATISTICS gone ON a, b FROM t;
CREATE STATISTICS other ON a, b FROM t;
COMMENT ON STATISTICS other IS 'kept';
CREATE STATISTICS target ON a, b FROM t;
ALTER STATISTICS target SET STATISTICS 50;
--: right
CREATE STATISTICS come (ndistinct, mcv) ON a, b FROM m;
ALTER STATISTICS come SET STATISTICS 10;
CREATE STATISTICS other ON a, b, c FROM t;
COMMENT ON STATISTICS other IS 'kept';
CREATE STATISTICS target ON a, b FROM t;
ALTER STATISTICS own OWNER TO pg_monitor;
