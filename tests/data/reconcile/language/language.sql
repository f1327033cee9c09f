--: expect access-method language_am: handler
--: expect access-method language_come: added
--: expect language language_come: added
--: expect language language_gone: removed
--: expect language language_l: trusted
--: expect language language_l: inline
--: expect language language_l: validator
--: expect transform FOR bigint LANGUAGE language_l: from_sql
--: expect transform FOR integer LANGUAGE language_l: to_sql
--: expect transform FOR smallint LANGUAGE language_l: added
--: left
CREATE ACCESS METHOD language_am TYPE INDEX HANDLER bthandler;
COMMENT ON ACCESS METHOD language_am IS 'kept';
CREATE LANGUAGE language_gone HANDLER plpgsql_call_handler;
CREATE TRUSTED LANGUAGE language_l HANDLER plpgsql_call_handler
    VALIDATOR plpgsql_validator;
CREATE FUNCTION f() RETURNS void LANGUAGE language_l AS 'BEGIN END';
CREATE TRANSFORM FOR integer LANGUAGE language_l (
    FROM SQL WITH FUNCTION prsd_lextype(internal),
    TO SQL WITH FUNCTION int4recv(internal));
CREATE TRANSFORM FOR bigint LANGUAGE language_l (
    TO SQL WITH FUNCTION int8recv(internal));
--: right
CREATE ACCESS METHOD language_am TYPE INDEX HANDLER hashhandler;
COMMENT ON ACCESS METHOD language_am IS 'kept';
CREATE ACCESS METHOD language_come TYPE TABLE HANDLER heap_tableam_handler;
CREATE TRUSTED LANGUAGE language_come HANDLER plpgsql_call_handler;
CREATE LANGUAGE language_l HANDLER plpgsql_call_handler
    INLINE plpgsql_inline_handler;
CREATE FUNCTION f() RETURNS void LANGUAGE language_l AS 'BEGIN END';
CREATE TRANSFORM FOR integer LANGUAGE language_l (
    FROM SQL WITH FUNCTION prsd_lextype(internal));
CREATE TRANSFORM FOR bigint LANGUAGE language_l (
    FROM SQL WITH FUNCTION prsd_lextype(internal),
    TO SQL WITH FUNCTION int8recv(internal));
CREATE TRANSFORM FOR smallint LANGUAGE language_l (
    TO SQL WITH FUNCTION int2recv(internal));
