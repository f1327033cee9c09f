CREATE FUNCTION public.h(internal) RETURNS index_am_handler
    LANGUAGE internal AS 'bthandler';
CREATE ACCESS METHOD handler TYPE INDEX HANDLER bthandler;
CREATE ACCESS METHOD type TYPE INDEX HANDLER bthandler;
CREATE ACCESS METHOD "Gone" TYPE INDEX HANDLER bthandler;
CREATE ACCESS METHOD same TYPE TABLE HANDLER heap_tableam_handler;
