CREATE FUNCTION public.f() RETURNS event_trigger LANGUAGE plpgsql
    AS 'BEGIN END';
CREATE FUNCTION public.g() RETURNS event_trigger LANGUAGE plpgsql
    AS 'BEGIN END';
CREATE EVENT TRIGGER event ON ddl_command_start
    EXECUTE FUNCTION public.f();
CREATE EVENT TRIGGER tags ON ddl_command_start
    WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION public.f();
CREATE EVENT TRIGGER function ON ddl_command_start
    EXECUTE FUNCTION public.f();
CREATE EVENT TRIGGER enabled ON ddl_command_start
    EXECUTE FUNCTION public.f();
CREATE EVENT TRIGGER gone ON sql_drop EXECUTE FUNCTION public.f();
CREATE EVENT TRIGGER same ON ddl_command_start
    WHEN TAG IN ('DROP TABLE', 'CREATE TABLE') EXECUTE FUNCTION public.f();
