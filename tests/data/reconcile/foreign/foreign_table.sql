--: expect foreign-table foreign_table.come: added
--: expect foreign-table foreign_table.child: added
--: expect foreign-table foreign_table.gone: removed
--: expect foreign-table foreign_table.options: options
--: expect column foreign_table.columns.a: foreign_options
--: expect column foreign_table.columns.a: not_null
--: expect column foreign_table.columns.b: added
--: expect column foreign_table.columns.c: removed
--: expect column foreign_table.columns.d: type
--: expect default foreign_table.columns.d: added
--: expect constraint foreign_table.columns.positive: added
--: expect trigger foreign_table.columns.trg: added
--: expect foreign-table foreign_table.part: added
--: expect owner foreign-table foreign_table.options: added
--: expect privilege foreign-table foreign_table.options TO pg_signal_backend: added
--: allow data-loss
--: allow-back data-loss
--: both
CREATE FOREIGN DATA WRAPPER foreign_table_wrapper;
CREATE SERVER foreign_table_server FOREIGN DATA WRAPPER foreign_table_wrapper;
CREATE TABLE parent (a integer);
CREATE TABLE tree (a integer) PARTITION BY RANGE (a);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
--: left
CREATE FOREIGN TABLE gone (a integer) SERVER foreign_table_server;
CREATE FOREIGN TABLE options (a integer) SERVER foreign_table_server OPTIONS (a '1', b '2');
CREATE FOREIGN TABLE columns (a integer OPTIONS (x '1', y '2'), c integer, d integer)
    SERVER foreign_table_server;
--: right
CREATE FOREIGN TABLE come (a integer OPTIONS (column_name 'A') NOT NULL,
    b text COLLATE "C" DEFAULT 'x', CONSTRAINT k CHECK (a > 0))
    SERVER foreign_table_server OPTIONS (table_name 'it''s');
COMMENT ON FOREIGN TABLE come IS 'new';
COMMENT ON COLUMN come.a IS 'a column';
CREATE FOREIGN TABLE child (b integer) INHERITS (parent) SERVER foreign_table_server;
CREATE FOREIGN TABLE part PARTITION OF tree FOR VALUES FROM (1) TO (2)
    SERVER foreign_table_server;
CREATE FOREIGN TABLE options (a integer) SERVER foreign_table_server OPTIONS (b '3', c '4');
ALTER FOREIGN TABLE options OWNER TO pg_monitor;
GRANT SELECT ON options TO pg_signal_backend;
CREATE FOREIGN TABLE columns (a integer OPTIONS (y '3', z '4') NOT NULL,
    d text DEFAULT 'a', b integer OPTIONS (n 'b'), CONSTRAINT positive CHECK (a > 0))
    SERVER foreign_table_server;
CREATE TRIGGER trg BEFORE INSERT ON columns FOR EACH ROW EXECUTE FUNCTION f();
