--: expect event-trigger come: added
--: expect event-trigger gone: removed
--: expect event-trigger other: definition
--: expect event-trigger state: enabled
--: expect event-trigger "Odd one": enabled
--: expect table event_trigger.t: added
--: allow-back data-loss
--: both
CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER state ON ddl_command_end EXECUTE FUNCTION f();
CREATE EVENT TRIGGER "Odd one" ON sql_drop EXECUTE FUNCTION f();
--: left
CREATE EVENT TRIGGER gone ON table_rewrite EXECUTE FUNCTION f();
COMMENT ON EVENT TRIGGER gone IS 'gone';
CREATE EVENT TRIGGER other ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION f();
COMMENT ON EVENT TRIGGER other IS 'kept';
ALTER EVENT TRIGGER "Odd one" ENABLE ALWAYS;
--: right
CREATE TABLE t (a integer);
CREATE EVENT TRIGGER come ON ddl_command_start EXECUTE FUNCTION f();
ALTER EVENT TRIGGER come DISABLE;
CREATE EVENT TRIGGER other ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'CREATE TABLE AS') EXECUTE FUNCTION f();
COMMENT ON EVENT TRIGGER other IS 'kept';
ALTER EVENT TRIGGER state ENABLE REPLICA;
ALTER EVENT TRIGGER "Odd one" DISABLE;
