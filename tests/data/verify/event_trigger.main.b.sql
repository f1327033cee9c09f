CREATE FUNCTION public.f() RETURNS event_trigger LANGUAGE plpgsql
    AS 'BEGIN END';
CREATE FUNCTION public.g() RETURNS event_trigger LANGUAGE plpgsql
    AS 'BEGIN END';
CREATE EVENT TRIGGER event ON ddl_command_end
    EXECUTE FUNCTION public.f();
CREATE EVENT TRIGGER tags ON ddl_command_start
    WHEN TAG IN ('CREATE TABLE', 'ALTER TABLE') EXECUTE FUNCTION public.f();
CREATE EVENT TRIGGER function ON ddl_command_start
    EXECUTE FUNCTION public.g();
CREATE EVENT TRIGGER enabled ON ddl_command_start
    EXECUTE FUNCTION public.f();
ALTER EVENT TRIGGER enabled ENABLE ALWAYS;
CREATE EVENT TRIGGER same ON ddl_command_start
    WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION public.f();
