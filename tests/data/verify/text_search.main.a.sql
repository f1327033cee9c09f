CREATE TEXT SEARCH PARSER public.functions (START = prsd_start,
    GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH PARSER public.gone (START = prsd_start,
    GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE public.init (LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH TEMPLATE public.lexize (INIT = dsimple_init,
    LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH TEMPLATE public.gone (LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY public.template (TEMPLATE = simple);
CREATE TEXT SEARCH DICTIONARY public.options (TEMPLATE = simple);
CREATE TEXT SEARCH DICTIONARY public.gone (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION public.parser (PARSER = public.functions);
CREATE TEXT SEARCH CONFIGURATION public.gone (PARSER = "default");
CREATE TEXT SEARCH CONFIGURATION public.copied (COPY = simple);
CREATE TEXT SEARCH CONFIGURATION public.mappings (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION public.mappings
    ADD MAPPING FOR asciiword WITH public.options, simple;
ALTER TEXT SEARCH CONFIGURATION public.mappings
    ADD MAPPING FOR word WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.mappings
    ADD MAPPING FOR url WITH simple;
CREATE FUNCTION public.start(internal, integer) RETURNS internal
    LANGUAGE internal STRICT AS 'prsd_start';
CREATE FUNCTION public.token(internal, internal, internal) RETURNS internal
    LANGUAGE internal STRICT AS 'prsd_nexttoken';
CREATE FUNCTION public.end(internal) RETURNS void
    LANGUAGE internal STRICT AS 'prsd_end';
CREATE FUNCTION public.types(internal) RETURNS internal
    LANGUAGE internal STRICT AS 'prsd_lextype';
CREATE TEXT SEARCH PARSER public.others (START = prsd_start,
    GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
