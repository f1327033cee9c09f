--: expect function loops_atomic.g(): added
--: expect view loops_atomic.g1: added
--: since 140000
--: left
--: right
CREATE VIEW g1 WITH (security_barrier) AS SELECT 1 AS a;
CREATE FUNCTION g() RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT a FROM g1; END;
CREATE OR REPLACE VIEW g1 WITH (security_barrier) AS SELECT g() AS a;
CREATE RULE r AS ON INSERT TO g1 DO INSTEAD SELECT g();
