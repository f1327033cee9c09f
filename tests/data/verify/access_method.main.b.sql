CREATE FUNCTION public.h(internal) RETURNS index_am_handler
    LANGUAGE internal AS 'bthandler';
CREATE ACCESS METHOD handler TYPE INDEX HANDLER public.h;
CREATE ACCESS METHOD type TYPE TABLE HANDLER heap_tableam_handler;
CREATE ACCESS METHOD same TYPE TABLE HANDLER heap_tableam_handler;
