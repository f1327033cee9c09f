CREATE FUNCTION public.h() RETURNS language_handler
    LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE TRUSTED LANGUAGE trusted HANDLER plpgsql_call_handler;
CREATE LANGUAGE "inline" HANDLER plpgsql_call_handler
    INLINE plpgsql_inline_handler;
CREATE LANGUAGE validator HANDLER plpgsql_call_handler
    VALIDATOR plpgsql_validator;
CREATE LANGUAGE handler HANDLER public.h;
