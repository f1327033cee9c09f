CREATE LANGUAGE trusted HANDLER plpgsql_call_handler;
CREATE LANGUAGE "inline" HANDLER plpgsql_call_handler;
CREATE LANGUAGE validator HANDLER plpgsql_call_handler;
CREATE LANGUAGE handler HANDLER plpgsql_call_handler;
CREATE LANGUAGE "Gone" HANDLER plpgsql_call_handler;
CREATE FUNCTION public.h() RETURNS language_handler
    LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
