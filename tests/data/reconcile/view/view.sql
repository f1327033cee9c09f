--: expect view view.come: added
--: expect view view.gone: removed
--: expect view view.body: definition
--: expect view view.wider: columns
--: expect view view.wider: definition
--: expect view view.other: columns
--: expect view view.other: definition
--: expect view view.opts: options
--: both
CREATE TABLE t (a integer, b text);
--: left
CREATE VIEW gone AS SELECT a FROM t;
CREATE VIEW body AS SELECT a FROM t;
CREATE VIEW wider AS SELECT a FROM t;
CREATE VIEW other AS SELECT a, b FROM t;
COMMENT ON VIEW other IS 'kept';
COMMENT ON COLUMN other.a IS 'kept too';
CREATE VIEW above AS SELECT a FROM other;
COMMENT ON VIEW above IS 'and this';
CREATE VIEW opts WITH (security_barrier) AS SELECT a FROM t;
--: right
CREATE VIEW come WITH (security_barrier) AS SELECT a FROM t;
CREATE VIEW body AS SELECT a FROM t WHERE a > 0;
CREATE VIEW wider AS SELECT a, b FROM t;
CREATE VIEW other AS SELECT b, a FROM t;
COMMENT ON VIEW other IS 'kept';
COMMENT ON COLUMN other.a IS 'kept too';
CREATE VIEW above AS SELECT a FROM other;
COMMENT ON VIEW above IS 'and this';
CREATE VIEW opts WITH (check_option = local) AS SELECT a FROM t;
