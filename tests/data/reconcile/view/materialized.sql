--: expect materialized-view materialized.come: added
--: expect materialized-view materialized.body: definition
--: expect materialized-view materialized.opts: options
--: expect materialized-view materialized.sets: column_settings
--: left
CREATE MATERIALIZED VIEW body AS SELECT 1 AS a;
COMMENT ON MATERIALIZED VIEW body IS 'kept';
CREATE UNIQUE INDEX body_a ON body (a);
CREATE VIEW above AS SELECT a FROM body;
CREATE MATERIALIZED VIEW opts AS SELECT 1 AS a;
CREATE MATERIALIZED VIEW sets AS SELECT 1 AS a;
--: right
CREATE MATERIALIZED VIEW come WITH (fillfactor = 70) AS SELECT 1 AS a;
CREATE MATERIALIZED VIEW body AS SELECT 2 AS a;
COMMENT ON MATERIALIZED VIEW body IS 'kept';
CREATE UNIQUE INDEX body_a ON body (a);
CREATE VIEW above AS SELECT a FROM body;
CREATE MATERIALIZED VIEW opts WITH (fillfactor = 70) AS SELECT 1 AS a;
CREATE MATERIALIZED VIEW sets AS SELECT 1 AS a;
ALTER MATERIALIZED VIEW sets ALTER a SET STATISTICS 5;
